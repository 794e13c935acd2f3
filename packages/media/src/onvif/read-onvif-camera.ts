import { promisify } from 'node:util';
import { isMillwrightError, type MillwrightError } from '@millwright/kernel';
import { AddressRules } from '@millwright/kernel/addresses';
import onvif from 'onvif';
import { z } from 'zod';
import { resolveHost } from '../address/resolve-host.ts';
import { mediaErrors } from '../errors.ts';

export interface OnvifProfile {
  readonly token: string;
  readonly name: string;
  /** As the camera says: H264, H265, JPEG. */
  readonly encoding: string;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  /** For `openVideo`; with the user name and password that were given. */
  readonly url: string;
}

export interface OnvifCamera {
  readonly manufacturer: string;
  readonly model: string;
  readonly firmware: string;
  readonly serialNumber: string;
  /** Largest picture first. */
  readonly profiles: readonly OnvifProfile[];
  /** What is recorded and watched. */
  readonly main: OnvifProfile;
  /** What is analysed: the smallest stream that still shows people, at least 320 wide; the main one when it is alone. */
  readonly sub: OnvifProfile;
}

export interface OnvifOptions {
  /** From `discoverCameras`, or http://host/onvif/device_service, or a host alone. */
  readonly address: string;
  readonly username?: string;
  readonly password?: string;
  /** Default 10,000. */
  readonly timeoutMs?: number;
  /** Addresses inside the network that may be reached; see `InputOptions.allow`. */
  readonly allow?: readonly string[];
}

const smallestWidth = 320;

const profileSchema = z.object({
  $: z.object({ token: z.string() }),
  name: z.coerce.string().default(''),
  videoEncoderConfiguration: z.object({
    encoding: z.string(),
    resolution: z.object({ width: z.coerce.number(), height: z.coerce.number() }),
    rateControl: z.object({ frameRateLimit: z.coerce.number() }).optional(),
  }),
});
const word = z.coerce.string().default('');
const deviceSchema = z.object({ manufacturer: word, model: word, firmwareVersion: word, serialNumber: word });

/** Asks a camera what it is and where its streams are. Rejects with an error of `mediaErrors`. */
export async function readOnvifCamera(options: OnvifOptions): Promise<OnvifCamera> {
  const url = serviceUrl(options.address);
  const source = url.href;
  const camera = new onvif.Cam({
    hostname: await checkedHost(url, options.allow ?? []),
    port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    path: url.pathname,
    useSecure: url.protocol === 'https:',
    timeout: options.timeoutMs ?? 10_000,
    autoconnect: false,
    // Its services are asked for at the address that was checked, whatever it says of them.
    preserveAddress: true,
    ...(options.username ? { username: options.username, password: options.password ?? '' } : {}),
  });
  try {
    await promisify(camera.connect.bind(camera) as (callback: (error: Error | null) => void) => void)();
    const device = deviceSchema.parse(await ask((done) => camera.getDeviceInformation(done)));
    const profiles = await readProfiles(camera, options);
    const [main] = profiles;
    if (!main) throw mediaErrors.MEDIA_NO_VIDEO({ source });
    const sub = profiles.findLast(({ width }) => width >= smallestWidth) ?? main;
    const { manufacturer, model, firmwareVersion: firmware, serialNumber } = device;
    return { manufacturer, model, firmware, serialNumber, profiles, main, sub };
  } catch (error) {
    throw isMillwrightError(error) ? error : onvifFailure(error as NodeJS.ErrnoException, source, options);
  }
}

function serviceUrl(address: string): URL {
  const text = /^https?:\/\//.test(address) ? address : `http://${address}/onvif/device_service`;
  if (!URL.canParse(text)) throw mediaErrors.MEDIA_ADDRESS_INVALID({ source: address.slice(0, 200) });
  return new URL(text);
}

async function checkedHost(url: URL, allow: readonly string[]): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = await resolveHost(host, new AddressRules(allow)).catch((error: NodeJS.ErrnoException) => {
    throw mediaErrors.MEDIA_UNREACHABLE({ source: url.href, reason: `${host}: ${error.code}` }, error);
  });
  if (!found.allowed) throw mediaErrors.MEDIA_ADDRESS_FORBIDDEN({ source: url.href, address: found.address });
  return found.address;
}

function ask<Answer>(question: (done: (error: Error | null, answer?: Answer) => void) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    question((error, answer) => (error ? reject(error) : resolve(answer as Answer)));
  });
}

async function readProfiles(camera: InstanceType<typeof onvif.Cam>, options: OnvifOptions): Promise<OnvifProfile[]> {
  const known = z.array(z.unknown()).catch([]).parse(camera.profiles);
  // A profile without a video encoder (sound, metadata) is none of ours.
  const read = known.flatMap((profile) => profileSchema.safeParse(profile).data ?? []);
  const profiles = [];
  for (const { $, name, videoEncoderConfiguration } of read) {
    const { encoding, resolution, rateControl } = videoEncoderConfiguration;
    const stream = await ask<{ uri: string }>((done) =>
      camera.getStreamUri({ protocol: 'RTSP', profileToken: $.token }, done),
    );
    const url = withCredentials(z.object({ uri: z.string() }).parse(stream).uri, options);
    profiles.push({ token: $.token, name, encoding, ...resolution, frameRate: rateControl?.frameRateLimit ?? 0, url });
  }
  return profiles.sort((a, b) => b.width * b.height - a.width * a.height);
}

function withCredentials(address: string, { username, password }: OnvifOptions): string {
  if (!username || !URL.canParse(address)) return address;
  const url = new URL(address);
  url.username = encodeURIComponent(username);
  url.password = encodeURIComponent(password ?? '');
  return url.href;
}

function onvifFailure(error: NodeJS.ErrnoException, source: string, options: OnvifOptions): MillwrightError {
  const { code, message } = error;
  if (/not ?authorized|401|authority|authentication/i.test(message))
    return mediaErrors.MEDIA_UNAUTHORIZED({ source }, error);
  if (/timeout/i.test(message) || code === 'ETIMEDOUT')
    return mediaErrors.MEDIA_TIMEOUT({ source, seconds: (options.timeoutMs ?? 10_000) / 1000 }, error);
  if (code) return mediaErrors.MEDIA_UNREACHABLE({ source, reason: code }, error);
  return mediaErrors.MEDIA_ONVIF_FAILED({ source, reason: message.slice(0, 300) }, error);
}
