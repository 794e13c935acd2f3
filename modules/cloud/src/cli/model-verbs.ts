import type { Verb, VerbContext } from '@millwright/kernel';
import { jsonArgument } from '@millwright/kernel/node';
import { modelErrors } from '../models/errors.ts';
import type { Model, ModelVersion } from '../models/schemas.ts';
import { findNode, findSite } from './find.ts';
import { upload } from './upload.ts';

type Call = VerbContext['call'];

const base = '/api/cloud/models';
const modelArgument = { name: 'MODEL', summary: 'Name or id.' } as const;
const versionArgument = { name: 'VERSION', summary: 'Its number.' } as const;
const reasonOption = { name: 'reason', summary: 'Why, for the ledger.', placeholder: 'TEXT', required: true } as const;

/** A model by its id or name. Throws PLANT_MODEL_UNKNOWN or PLANT_MODEL_AMBIGUOUS. */
async function findModel(call: Call, wanted: string): Promise<Model> {
  const { items } = await call<{ items: Model[] }>('GET', base);
  const found = items.filter(({ id, name, keptBy }) => id === wanted || (name === wanted && keptBy === 'cloud'));
  if (found.length > 1)
    throw modelErrors.PLANT_MODEL_AMBIGUOUS({ model: wanted, sites: found.map(({ place }) => place.split('/')[0]!) });
  if (!found[0]) throw modelErrors.PLANT_MODEL_UNKNOWN({ model: wanted });
  return found[0];
}

const modelLine = ({ name, family, place, liveVersion, shadowVersion, newestVersion, keptBy }: Model) =>
  [
    ...[name, family, place, liveVersion === null ? 'none live' : `live ${liveVersion}`],
    ...(shadowVersion === null ? [] : [`shadow ${shadowVersion}`]),
    ...[`newest ${newestVersion ?? 'none'}`, ...(keptBy === 'cloud' ? [] : [`kept by ${keptBy}`])],
  ].join('  ');
const versionLine = ({ version, stage, shadow, at, by, artefact }: ModelVersion) =>
  `${version}  ${stage}${shadow ? ', shadow' : ''}  ${at}  ${by}  ${artefact.slice(0, 12)}`;

function stageVerb(name: string, summary: string, stage: ModelVersion['stage']): Verb {
  return {
    name: `models ${name}`,
    summary,
    arguments: [modelArgument, versionArgument],
    options: [reasonOption],
    run: async ({ call, arguments: given, options: { reason } }) => {
      const { id } = await findModel(call, given.MODEL!);
      return call('POST', `${base}/${id}/versions/${given.VERSION}/stage`, { body: { stage, reason } });
    },
    print: versionLine,
  };
}

export const modelVerbs: readonly Verb[] = [
  {
    name: 'models',
    summary: 'List models with the version that is live.',
    options: [
      { name: 'site', summary: 'Only of this site.', placeholder: 'NAME' },
      { name: 'family', summary: 'Only of this family.', placeholder: 'NAME' },
      { name: 'search', summary: 'Part of the name.', placeholder: 'TEXT' },
    ],
    run: async ({ call, options: { site, family, search } }) => {
      const siteId = typeof site === 'string' ? (await findSite(call, site)).id : undefined;
      return call('GET', base, { query: { siteId, family, search } });
    },
    print: ({ items }: { items: Model[] }) => items.map(modelLine).join('\n') || 'No models yet.',
  },
  {
    name: 'models show',
    summary: 'Show a model and its versions.',
    arguments: [modelArgument],
    run: async ({ call, arguments: given }) => {
      const model = await findModel(call, given.MODEL!);
      return { ...model, ...(await call<{ items: ModelVersion[] }>('GET', `${base}/${model.id}/versions`)) };
    },
    print: ({ items, ...model }: Model & { items: ModelVersion[] }) =>
      [modelLine(model), ...items.map((version) => `  ${versionLine(version)}`)].join('\n'),
  },
  {
    name: 'models create',
    summary: 'Enter a model of a site, or of a node of it.',
    arguments: [{ name: 'NAME', summary: 'Its name.' }],
    options: [
      { name: 'site', summary: 'Name of the site.', placeholder: 'NAME', required: true },
      { name: 'node', summary: 'Path of the asset, line or area that it speaks of.', placeholder: 'PATH' },
      { name: 'family', summary: 'What it does.', placeholder: 'NAME', required: true },
    ],
    run: async ({ call, arguments: given, options: { site, node, family } }) => {
      const siteId = (await findSite(call, String(site))).id;
      const nodeId = typeof node === 'string' ? (await findNode(call, node)).id : null;
      return call('POST', base, { body: { siteId, nodeId, name: given.NAME, family } });
    },
    print: modelLine,
  },
  {
    name: 'models add',
    summary: 'Add a version of a model from a file, as a draft.',
    arguments: [modelArgument, { name: 'FILE', summary: 'What was learnt, as one file.' }],
    options: [
      { name: 'card', summary: 'The card as JSON, or @FILE.', placeholder: 'JSON' },
      { name: 'parent', summary: 'Version that it came out of.', placeholder: 'N' },
      { name: 'data-set', summary: 'SHA-256 of the data set that it learnt from.', placeholder: 'HASH' },
    ],
    run: async (context) => {
      const { call, arguments: given, options } = context;
      const { id } = await findModel(call, given.MODEL!);
      const { hash } = await upload(context);
      const body = {
        ...{ artefact: hash, fileName: given.FILE!.split(/[\\/]/).at(-1) },
        card: typeof options.card === 'string' ? await jsonArgument(options.card, '--card') : undefined,
        parentVersion: typeof options.parent === 'string' ? Number(options.parent) : undefined,
        dataHash: options['data-set'],
      };
      return call('POST', `${base}/${id}/versions`, { body });
    },
    print: versionLine,
  },
  stageVerb('review', 'Say that a version was looked at and may go live.', 'reviewed'),
  stageVerb('promote', 'Bring a reviewed version live; the one before is retired.', 'live'),
  stageVerb('retire', 'Take a version out of use.', 'retired'),
  {
    name: 'models shadow',
    summary: 'Let a version run beside the live one; `none` ends that.',
    arguments: [modelArgument, { name: 'VERSION', summary: 'Its number, or none.' }],
    options: [reasonOption],
    run: async ({ call, arguments: given, options: { reason } }) => {
      const { id } = await findModel(call, given.MODEL!);
      const version = given.VERSION === 'none' ? null : Number(given.VERSION);
      return call('PUT', `${base}/${id}/shadow`, { body: { version, reason } });
    },
    print: modelLine,
  },
  {
    name: 'models download',
    summary: 'Save the file of a version.',
    arguments: [modelArgument, versionArgument, { name: 'FILE', summary: 'Where to.' }],
    run: async ({ call, download, arguments: given }) => {
      const { id } = await findModel(call, given.MODEL!);
      return { file: given.FILE!, ...(await download(`${base}/${id}/versions/${given.VERSION}/file`, given.FILE!)) };
    },
    print: ({ file, bytes }: { file: string; bytes: number }) => `${file}: ${bytes} bytes`,
  },
];
