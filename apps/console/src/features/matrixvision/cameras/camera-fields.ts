import { defaultModel } from '@millwright/matrixvision';
import { withoutEmpty } from '../../cloud/sources/schema-fields.ts';
import type { Camera, NewCamera } from '../types.ts';

type Settings = Camera['settings'];

/** The form of a camera: its source in one group, whatever the kind. */
export interface CameraFields {
  siteId: string;
  /** Of a site to be made, where there is none yet. */
  firstSite?: string;
  name: string;
  assetId?: string | null;
  source: {
    type: Settings['source']['type'];
    url?: string;
    subUrl?: string;
    username?: string;
    password?: string;
    transport?: 'tcp' | 'udp';
    file?: { blob: string; fileName: string };
    loop?: boolean;
    device?: string;
  };
  detection: Settings['detection'];
  recording: Settings['recording'];
  privacy: Settings['privacy'];
}

export const newCameraFields = (siteId: string | undefined): Partial<CameraFields> => ({
  ...(siteId && { siteId }),
  source: { type: 'stream', transport: 'tcp', loop: true },
  detection: { model: defaultModel, mostPerSecond: 5 },
  recording: { mode: 'event', preSeconds: 5, postSeconds: 5, days: 14, gigabytes: 20 },
  privacy: { blur: 'none' },
});

export function fieldsOfCamera({ siteId, name, assetId, settings }: Camera): CameraFields {
  const { source, detection, recording, privacy } = settings;
  const { type, ...rest } = source;
  const shown =
    source.type === 'file'
      ? { type, file: { blob: source.blob, fileName: source.fileName }, loop: source.loop }
      : { type, ...rest };
  return { siteId, name, assetId, source: shown, detection, recording, privacy };
}

/** An address that holds user and password is taken apart: they are kept of their own, so that no list shows them. */
export function splitAddress(address: string): { url: string; username?: string; password?: string } {
  const match = /^([a-z]+:\/\/)([^/@]*)@(.*)$/i.exec(address.trim());
  if (!match) return { url: address.trim() };
  const [, scheme, user = '', rest] = match;
  const [name = '', ...secret] = user.split(':');
  const password = secret.join(':');
  return {
    url: `${scheme}${rest}`,
    ...(name && { username: readable(name) }),
    ...(password && { password: readable(password) }),
  };
}

/** As it was before it was escaped for an address; a broken escape stays as it is. */
function readable(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What the server keeps, from the fields of the kind of source that is chosen; what has no field stays as it was. */
export function settingsOf(fields: CameraFields, before?: Camera): NewCamera['settings'] {
  const { source, detection, recording, privacy } = fields;
  const { type, url = '', subUrl, username, password, transport, file, loop, device } = source;
  const chosen =
    type === 'stream'
      ? { type, ...splitAddress(url), ...withoutEmpty({ subUrl, username, password, transport })! }
      : type === 'file'
        ? { type, ...file, loop: loop ?? true }
        : { type, device };
  return {
    ...before?.settings,
    source: chosen as NewCamera['settings']['source'],
    detection: withoutEmpty({ ...before?.settings.detection, ...detection }) as NewCamera['settings']['detection'],
    recording: { ...before?.settings.recording, ...recording },
    privacy: { ...before?.settings.privacy, ...privacy },
  };
}
