import { writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { listArgument, type Verb, type VerbContext } from '@millwright/kernel';
import { jsonArgument } from '@millwright/kernel/node';
import type { Camera } from '../cameras/schemas.ts';
import { modelErrors } from '../models/errors.ts';
import type { DescribedModel, Model, Models, TriedModel } from '../models/schemas.ts';
import { findCamera, findSiteId } from './find-camera.ts';
import { requireFile } from './text-file.ts';

type Call = VerbContext['call'];
const base = '/api/matrixvision/models';
const site = { name: 'site', summary: 'Site it belongs to.', placeholder: 'NAME', required: true } as const;
const modelArgument = {
  name: 'MODEL',
  summary: 'A bundled name, a name of your own (`NAME@2` for its version 2, else the newest), or a hash.',
} as const;

const ownLine = ({ name, versions }: Model) =>
  versions
    .map(({ version, sha256, labels, cameras }) =>
      [
        ...[`${name}@${version}`, sha256.slice(0, 16), `${labels.length} classes`],
        cameras.length > 0 ? `in use on ${cameras.map((camera) => camera.name).join(', ')}` : 'not in use',
      ].join('  '),
    )
    .join('\n');

const bundledLine = ({ name, licence, measured, isDefault, cameras }: Models['bundled'][number]) =>
  [
    ...[name, licence, isDefault ? 'default' : ''],
    measured
      ? `AP ${measured.averagePrecision} %, ${measured.milliseconds} ms a picture of ${measured.input}`
      : 'not measured',
    cameras.length > 0 ? `in use on ${cameras.map((camera) => camera.name).join(', ')}` : '',
  ]
    .filter(Boolean)
    .join('  ');

function printModels({ items, bundled, providers }: Models): string {
  const order = [...new Set([...providers, 'cpu'])].join(', then ');
  return [...items.map(ownLine), ...bundled.map(bundledLine), `Runs on ${order}.`].join('\n');
}

function printTrial({ name, provider, labels, seen }: TriedModel): string {
  if (!seen) return `${name} runs on ${provider}; it tells ${labels.length} classes.`;
  const { detections, milliseconds, width, height } = seen;
  const lines = detections.map(({ label, score, box }) => {
    const [left, top] = [Math.round(box.x * width), Math.round(box.y * height)];
    const size = `${Math.round(box.width * width)}x${Math.round(box.height * height)}`;
    return `${label}  ${score.toFixed(2)}  ${size} at ${left},${top}`;
  });
  return [...lines, `${detections.length} found, ${milliseconds.toFixed(1)} ms on ${provider}`].join('\n');
}

const upload = async (call: Call, file: string): Promise<string> => {
  const path = resolve(file);
  await requireFile(path);
  return (await call<{ hash: string }>('POST', `${base}/files`, { file: path })).hash;
};

/** A card and the network beside it, uploaded. */
async function uploaded(call: Call, cardFile: string): Promise<{ card: object; network: string; fileName: string }> {
  const path = resolve(cardFile);
  const card = (await jsonArgument(`@${path}`, 'CARD')) as Record<string, unknown>;
  const file = join(dirname(path), basename(String(card.file ?? 'network.onnx')));
  return { card, network: await upload(call, file), fileName: basename(file) };
}

/** What a camera is set to. Throws MODEL_UNKNOWN with what there is. */
async function hashOfModel(call: Call, wanted: string, siteId?: string): Promise<string> {
  const { items, bundled } = await call<Models>('GET', base);
  if (bundled.some(({ name }) => name === wanted)) return wanted;
  const [name, version] = /^(.*)@(\d+)$/.exec(wanted)?.slice(1) ?? [wanted];
  const own = items.filter((model) => siteId === undefined || model.siteId === siteId);
  for (const model of own)
    for (const one of model.versions) {
      const isMeant = model.name === name && (version === undefined || one.version === Number(version));
      // Newest first: without a version the first one is meant.
      if (one.sha256 === wanted || isMeant) return one.sha256;
    }
  throw modelErrors.MODEL_UNKNOWN({ model: wanted, known: [...own, ...bundled].map((one) => one.name) });
}

async function findModel(call: Call, wanted: string): Promise<Model> {
  const { items } = await call<Models>('GET', base);
  const found = items.find(({ id, name }) => id === wanted || name === wanted);
  if (found) return found;
  throw modelErrors.MODEL_UNKNOWN({ model: wanted, known: items.map(({ name }) => name) });
}

async function setModel(call: Call, camera: Camera, model: string): Promise<Camera> {
  const { settings } = camera;
  const body = { settings: { ...settings, detection: { ...settings.detection, model } } };
  return call<Camera>('PATCH', `/api/matrixvision/cameras/${camera.id}`, { body });
}

export const modelVerbs: readonly Verb[] = [
  {
    name: 'models',
    summary: 'List the detectors: your own with their versions, and those that come with it.',
    run: ({ call }) => call<Models>('GET', base),
    print: printModels,
  },
  {
    name: 'models card',
    summary: 'Write a card for an ONNX file to begin with, guessed from its shapes.',
    arguments: [
      { name: 'NETWORK', summary: 'The ONNX file.' },
      { name: 'CARD', summary: 'The file to write, beside it.' },
    ],
    run: async ({ call, arguments: given }) => {
      const network = await upload(call, given.NETWORK!);
      const { card, ...ports } = await call<DescribedModel>('POST', `${base}/describe`, { body: { network } });
      const file = basename(given.NETWORK!);
      const written = { name: file.replace(/\.onnx$/, ''), version: '1', file, ...card };
      await writeFile(resolve(given.CARD!), `${JSON.stringify(written, null, 2)}\n`, { flag: 'wx' });
      return { card: written, ...ports };
    },
  },
  {
    name: 'models add',
    summary: 'Register an ONNX detector with its card, after it was tried; the same name again is a new version.',
    arguments: [{ name: 'CARD', summary: 'A model card; the ONNX file lies beside it.' }],
    options: [site],
    run: async ({ call, arguments: given, options }) => {
      const siteId = await findSiteId(call, String(options.site));
      return call<Model>('POST', base, { body: { siteId, ...(await uploaded(call, given.CARD!)) } });
    },
    print: ownLine,
  },
  {
    name: 'models try',
    summary: 'Run a detector on a picture, or on what a camera sees now.',
    arguments: [{ name: 'MODEL', summary: `${modelArgument.summary} Or a card that is not registered (.json).` }],
    options: [
      site,
      { name: 'picture', summary: 'A picture file.', placeholder: 'FILE' },
      { name: 'camera', summary: 'A camera that runs.', placeholder: 'NAME' },
      { name: 'threshold', summary: 'Least score; the card’s unless given.', placeholder: '0.3' },
    ],
    run: async ({ call, arguments: given, options }) => {
      const siteId = await findSiteId(call, String(options.site));
      const wanted = given.MODEL!;
      const body = {
        siteId,
        ...(wanted.endsWith('.json')
          ? await uploaded(call, wanted).then(({ fileName: _, ...one }) => one)
          : { model: await hashOfModel(call, wanted, siteId) }),
        ...(typeof options.picture === 'string' && { picture: await upload(call, options.picture) }),
        ...(typeof options.camera === 'string' && { cameraId: (await findCamera(call, options.camera)).id }),
        ...(typeof options.threshold === 'string' && { threshold: Number(options.threshold) }),
      };
      return call<TriedModel>('POST', `${base}/try`, { body });
    },
    print: printTrial,
  },
  {
    name: 'models use',
    summary: 'Set a camera to a detector; it looks with it at once.',
    arguments: [modelArgument],
    options: [
      { name: 'camera', summary: 'Name or id, several with commas between.', placeholder: 'NAME', required: true },
    ],
    run: async ({ call, arguments: given, options }) => {
      const items: Camera[] = [];
      for (const name of listArgument(options.camera) ?? []) {
        const camera = await findCamera(call, name);
        items.push(await setModel(call, camera, await hashOfModel(call, given.MODEL!, camera.siteId)));
      }
      return { items };
    },
    print: ({ items }: { items: Camera[] }) =>
      items.map(({ name, settings }) => `${name}  ${settings.detection.model}`).join('\n'),
  },
  {
    name: 'models remove',
    summary: 'Take a model of your own away that no camera uses.',
    arguments: [{ name: 'NAME', summary: 'Name or id.' }],
    run: async ({ call, arguments: given }) => {
      const { id } = await findModel(call, given.NAME!);
      await call('DELETE', `${base}/${id}`);
      return { id };
    },
    print: ({ id }: { id: string }) => `Taken away. \`millwright matrixvision models restore ${id}\` brings it back.`,
  },
  {
    name: 'models restore',
    summary: 'Bring back a model that was taken away.',
    arguments: [{ name: 'ID', summary: 'As `models remove` printed it.' }],
    run: ({ call, arguments: given }) => call<Model>('POST', `${base}/${encodeURIComponent(given.ID!)}/restore`),
    print: ownLine,
  },
];
