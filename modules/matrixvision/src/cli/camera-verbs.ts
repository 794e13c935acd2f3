import { basename, resolve } from 'node:path';
import type { Verb, VerbContext } from '@millwright/kernel';
import { jsonArgument } from '@millwright/kernel/node';
import type { Camera } from '../cameras/schemas.ts';
import type { RuleSet } from '../cameras/service.ts';
import { parseRules } from '../rules/rules-file.ts';
import type { RecountAnswer } from '../tracks/schemas.ts';
import { matrixvisionCliErrors } from './errors.ts';
import { allCameras, findCamera, findSiteId } from './find-camera.ts';
import { requireFile } from './text-file.ts';

const cameraArgument = { name: 'CAMERA', summary: 'Name or id.' } as const;

const line = ({ id, name, enabled, state }: Camera) =>
  [
    ...[id, name, enabled ? state.state : 'off', state.code ?? ''],
    ...(state.framesPerSecond === null
      ? []
      : [`${state.framesPerSecond} frames/s`, `${state.detectionsPerSecond} detections/s`]),
  ]
    .filter(Boolean)
    .join('  ');

const figures = (of: RecountAnswer['rules'][number]['old']): string =>
  of?.unjudged
    ? 'not looked for at the time'
    : of
      ? [...Object.entries(of.counts), ['events', of.events]].map(([name, count]) => `${name} ${count}`).join(', ')
      : 'not there';

/** What the camera shows: an address, a file that is uploaded, or a device. */
async function sourceOf({ call, options }: VerbContext): Promise<object> {
  const given = ['url', 'file', 'device'].filter((name) => typeof options[name] === 'string');
  if (given.length !== 1)
    throw matrixvisionCliErrors.MATRIXVISION_OPTION_INVALID({
      ...{ option: '--url, --file or --device', value: given.join(' and ') || 'not given', wanted: 'one of them' },
    });
  if (typeof options.url === 'string')
    return {
      ...{ type: 'stream', url: options.url, subUrl: options['sub-url'] },
      ...{ username: options.username, password: options.password, transport: options.transport },
    };
  if (typeof options.device === 'string') return { type: 'device', device: options.device };
  const file = resolve(String(options.file));
  await requireFile(file);
  const { hash } = await call<{ hash: string }>('POST', '/api/cloud/uploads', { file });
  return { type: 'file', blob: hash, fileName: basename(file) };
}

const switchVerb = (name: 'on' | 'off'): Verb => ({
  name: `cameras ${name}`,
  summary: `Switch a camera ${name}.`,
  arguments: [cameraArgument],
  run: async ({ call, arguments: given }) => {
    const { id } = await findCamera(call, given.CAMERA!);
    return call<Camera>('PATCH', `/api/matrixvision/cameras/${id}`, { body: { enabled: name === 'on' } });
  },
  print: line,
});

export const cameraVerbs: readonly Verb[] = [
  {
    name: 'cameras',
    summary: 'List the cameras and their state.',
    run: async ({ call }) => ({ items: await allCameras(call) }),
    print: ({ items }: { items: Camera[] }) => items.map(line).join('\n') || 'No cameras yet.',
  },
  {
    name: 'cameras add',
    summary: 'Add a camera: a stream, a file that plays in a loop, or a device.',
    arguments: [{ name: 'NAME', summary: 'Its name.' }],
    options: [
      { name: 'site', summary: 'Site it belongs to.', placeholder: 'NAME', required: true },
      { name: 'url', summary: 'Address of its stream, without a password.', placeholder: 'rtsp://…' },
      { name: 'sub-url', summary: 'Address of a smaller stream, for the analysis.', placeholder: 'rtsp://…' },
      { name: 'username', summary: 'User of the stream.', placeholder: 'NAME' },
      { name: 'password', summary: 'Password of the stream.', placeholder: 'PASSWORD' },
      { name: 'transport', summary: 'How RTSP carries pictures.', placeholder: 'tcp|udp' },
      { name: 'file', summary: 'A video file, which is uploaded.', placeholder: 'FILE' },
      { name: 'device', summary: 'A camera at this machine.', placeholder: 'usb:0' },
      { name: 'settings', summary: 'Detection, recording, privacy as JSON, or @FILE.', placeholder: 'JSON' },
    ],
    run: async (context) => {
      const { call, arguments: given, options } = context;
      const siteId = await findSiteId(call, String(options.site));
      const more = typeof options.settings === 'string' ? await jsonArgument(options.settings, '--settings') : {};
      const settings = { ...(more as object), source: await sourceOf(context) };
      return call<Camera>('POST', '/api/matrixvision/cameras', { body: { siteId, name: given.NAME, settings } });
    },
    print: line,
  },
  {
    name: 'cameras change',
    summary: 'Change name or settings of a camera; what is left out stays.',
    arguments: [cameraArgument],
    options: [
      { name: 'name', summary: 'Its new name.', placeholder: 'NAME' },
      { name: 'settings', summary: 'Detection, recording, privacy as JSON, or @FILE.', placeholder: 'JSON' },
    ],
    run: async ({ call, arguments: given, options: { name, settings } }) => {
      const camera = await findCamera(call, given.CAMERA!);
      const more = typeof settings === 'string' ? ((await jsonArgument(settings, '--settings')) as object) : {};
      const known = camera.settings as unknown as Record<string, object>;
      const changed = Object.fromEntries(Object.entries(more).map(([part, to]) => [part, { ...known[part], ...to }]));
      const body = { name, settings: { ...known, ...changed } };
      return call<Camera>('PATCH', `/api/matrixvision/cameras/${camera.id}`, { body });
    },
    print: line,
  },
  switchVerb('on'),
  switchVerb('off'),
  {
    name: 'cameras remove',
    summary: 'Take a camera away; what it saw stays.',
    arguments: [cameraArgument],
    run: async ({ call, arguments: given }) => {
      const { id } = await findCamera(call, given.CAMERA!);
      await call('DELETE', `/api/matrixvision/cameras/${id}`);
      return { id };
    },
    print: ({ id }: { id: string }) => `Taken away. \`millwright matrixvision cameras restore ${id}\` brings it back.`,
  },
  {
    name: 'cameras restore',
    summary: 'Bring back a camera that was taken away.',
    arguments: [{ name: 'ID', summary: 'As `cameras remove` printed it.' }],
    run: ({ call, arguments: given }) =>
      call<Camera>('POST', `/api/matrixvision/cameras/${encodeURIComponent(given.ID!)}/restore`),
    print: line,
  },
  {
    name: 'cameras rules',
    summary: 'Show the rules of a camera, or put others in force.',
    arguments: [cameraArgument],
    options: [{ name: 'set', summary: 'Rules to put in force.', placeholder: 'rules.json' }],
    run: async ({ call, arguments: given, options }) => {
      const { id } = await findCamera(call, given.CAMERA!);
      const path = `/api/matrixvision/cameras/${id}/rules`;
      if (typeof options.set !== 'string') return call<RuleSet>('GET', path);
      const rules = parseRules(await jsonArgument(`@${options.set}`, '--set'));
      return call<RuleSet>('PUT', path, { body: rules });
    },
  },
  {
    name: 'cameras recount',
    summary: 'Say what other rules would have counted on the stored tracks of a camera, beside those in force.',
    arguments: [cameraArgument],
    options: [
      { name: 'rules', summary: 'The other rules.', placeholder: 'rules.json', required: true },
      { name: 'from', summary: 'Start.', placeholder: 'ISO', required: true },
      { name: 'to', summary: 'End.', placeholder: 'ISO', required: true },
    ],
    run: async ({ call, arguments: given, options }) => {
      const { id } = await findCamera(call, given.CAMERA!);
      const rules = parseRules(await jsonArgument(`@${options.rules}`, '--rules'));
      const body = { rules, from: options.from, to: options.to };
      return call<RecountAnswer>('POST', `/api/matrixvision/cameras/${id}/recount`, { body });
    },
    print: ({ rules }: RecountAnswer) =>
      rules
        .map(({ rule, kind, old, new: now }) => `${rule}  ${kind}  in force: ${figures(old)}  these: ${figures(now)}`)
        .join('\n') || 'Nothing was followed in that time.',
  },
  {
    name: 'cameras discover',
    summary: 'Ask the network for ONVIF cameras.',
    run: ({ call }) => call('POST', '/api/matrixvision/discovery'),
    print: ({ items }: { items: { name: string; hardware: string; address: string }[] }) =>
      items.map(({ name, hardware, address }) => `${name}  ${hardware}  ${address}`).join('\n') ||
      'No camera answered.',
  },
  {
    name: 'cameras streams',
    summary: 'Ask an ONVIF camera for its streams.',
    arguments: [{ name: 'ADDRESS', summary: 'As `cameras discover` lists it, or a host.' }],
    options: [
      { name: 'username', summary: 'User of the camera.', placeholder: 'NAME' },
      { name: 'password', summary: 'Its password.', placeholder: 'PASSWORD' },
    ],
    run: ({ call, arguments: given, options }) =>
      call('POST', '/api/matrixvision/discovery/streams', {
        body: { address: given.ADDRESS, username: options.username, password: options.password },
      }),
  },
];
