import { randomUUID } from 'node:crypto';
import { isId, type Verb, type VerbContext } from '@millwright/kernel';
import { jsonArgument } from '@millwright/kernel/node';
import { z } from 'zod';
import type { PictureAnswer } from '../datasets/service/schemas.ts';
import type { DatasetVersionAnswer } from '../datasets/versions/schemas.ts';
import { manuvisionErrors } from '../errors.ts';
import { drawnRegionSchema, type Region } from '../labelling/region.ts';
import type { LabelsAnswer, SuggestionAnswer } from '../labelling/schemas.ts';
import { manuvisionServiceErrors } from '../service-errors.ts';
import { base, findDataset, findInspection, listed, numberOf } from './find-part.ts';

type Call = VerbContext['call'];

const datasetArgument = { name: 'DATASET', summary: 'Name or id.' } as const;
const pictureArgument = { name: 'PICTURE', summary: 'File name or id.' } as const;

/** Also what `--json` of the same verb and of `datasets suggest` print. */
const labelsToSet = z.object({
  revision: z.number().optional(),
  label: z.enum(['good', 'defect']),
  class: z.string().nullish(),
  regions: z.array(drawnRegionSchema.extend({ id: z.uuid().optional() }).loose()).default([]),
});

/** Path of a picture. Throws MANUVISION_PICTURE_UNKNOWN, and MANUVISION_OPTION_INVALID where several have the name. */
async function findPicture(call: Call, { DATASET: dataset, PICTURE: wanted }: Record<string, string>): Promise<string> {
  const { id } = await findDataset(call, dataset!);
  const path = `${base}/datasets/${id}/pictures`;
  if (isId(wanted!)) return `${path}/${wanted}`;
  const query = { search: wanted, limit: 500 };
  const { items } = await call<{ items: PictureAnswer[] }>('GET', path, { query });
  const found = items.filter(({ fileName }) => fileName === wanted);
  if (found.length > 1)
    throw manuvisionErrors.MANUVISION_OPTION_INVALID({
      ...{ option: 'the picture', value: wanted! },
      wanted: `an id, since ${found.length} have that name: ${found.map((one) => one.id).join(', ')}`,
    });
  if (!found[0]) throw manuvisionServiceErrors.MANUVISION_PICTURE_UNKNOWN({ picture: wanted! });
  return `${path}/${found[0].id}`;
}

async function setLabels(call: Call, path: string, given: string): Promise<LabelsAnswer> {
  const parsed = labelsToSet.safeParse(await jsonArgument(given, '--set'));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue!.path.map(String).join('.') || 'its top';
    throw manuvisionErrors.MANUVISION_OPTION_INVALID({
      ...{ option: '--set', value: given },
      wanted: `labels as this verb prints them with --json (${where}: ${issue!.message})`,
    });
  }
  const { revision, label, class: name, regions } = parsed.data;
  const body = {
    revision: revision ?? (await call<LabelsAnswer>('GET', `${path}/labels`)).revision,
    ...{ label, ...(name ? { class: name } : {}) },
    regions: regions.map(({ id, class: own, shape }) => ({ id: id ?? randomUUID(), class: own, shape })),
  };
  return call('PUT', `${path}/labels`, { body });
}

const shapeText = ({ shape }: Pick<Region, 'shape'>): string => {
  if (shape.kind === 'polygon') return `polygon of ${shape.points.length / 2} corners`;
  return `${shape.kind} of ${shape.width} x ${shape.height} pixels at ${shape.x}, ${shape.y}`;
};

const saidText = (one: { label: string; class: string | null; regions: readonly unknown[] }): string =>
  [one.class ?? one.label, ...(one.regions.length > 0 ? [`${one.regions.length} regions`] : [])].join(', ');

const printLabels = (answer: LabelsAnswer): string =>
  [
    `revision ${answer.revision}  ${saidText(answer)}`,
    ...answer.regions.map((region) => `  ${region.class}  ${shapeText(region)}`),
    ...answer.people.map((one) => `said by ${one.actorName} (${one.actorId}) at ${one.at}: ${saidText(one)}`),
    ...(answer.disagreement ? [disagreementText(answer.disagreement)] : []),
  ].join('\n');

const disagreementText = ({ about, iou }: NonNullable<LabelsAnswer['disagreement']>): string =>
  `they differ in the ${about}${iou === null ? '' : ` (overlap ${iou.toFixed(2)})`}; settle it with \`datasets settle\``;

const versionLine = ({ version, counts, at, by }: DatasetVersionAnswer) =>
  [version, `${counts.good} good, ${counts.defects} defects, ${counts.regions} regions`, `${at} by ${by}`].join('  ');

export const labellingVerbs: readonly Verb[] = [
  {
    name: 'datasets label',
    summary: 'Show what people said of a picture, or say it: label, class and regions.',
    arguments: [datasetArgument, pictureArgument],
    options: [
      {
        name: 'set',
        summary:
          'Labels as JSON, or @FILE, as this verb prints them with --json; a revision in it guards against others.',
        placeholder: 'JSON',
      },
    ],
    async run({ call, arguments: given, options }) {
      const path = await findPicture(call, given);
      return options.set === undefined ? call('GET', `${path}/labels`) : setLabels(call, path, String(options.set));
    },
    print: printLabels,
  },
  {
    name: 'datasets settle',
    summary: 'End a disagreement about a picture: the last word of a person counts.',
    arguments: [datasetArgument, pictureArgument, { name: 'PERSON', summary: 'Name or id, as `datasets label` says.' }],
    async run({ call, arguments: given }) {
      const path = await findPicture(call, given);
      const { revision, people } = await call<LabelsAnswer>('GET', `${path}/labels`);
      const named = people.filter(({ actorId, actorName }) => actorId === given.PERSON || actorName === given.PERSON);
      if (named.length > 1)
        throw manuvisionErrors.MANUVISION_OPTION_INVALID({
          ...{ option: 'the person', value: given.PERSON! },
          wanted: `an id, since ${named.length} have that name: ${named.map(({ actorId }) => actorId).join(', ')}`,
        });
      const actorId = named[0]?.actorId ?? given.PERSON;
      return call('POST', `${path}/labels/settle`, { body: { revision, actorId } });
    },
    print: printLabels,
  },
  {
    name: 'datasets suggest',
    summary: 'Let a trained inspection of the data set say where defects may be; nothing is kept.',
    arguments: [datasetArgument, pictureArgument],
    options: [
      { name: 'inspection', summary: 'Left out, the one that was trained last.', placeholder: 'NAME' },
      { name: 'version', summary: 'Left out, its newest.', placeholder: 'N' },
    ],
    async run({ call, arguments: given, options }) {
      const path = await findPicture(call, given);
      const { inspection, version } = options;
      const id = inspection === undefined ? undefined : (await findInspection(call, String(inspection))).id;
      return call('POST', `${path}/suggestions`, { body: { inspectionId: id, version: numberOf(version) } });
    },
    print: ({ label, class: name, regions, inspection }: SuggestionAnswer) =>
      [
        `${name ?? label}  by ${inspection.name} version ${inspection.version}`,
        ...regions.map((region) => `  ${region.class}  ${region.score.toFixed(3)}  ${shapeText(region)}`),
      ].join('\n'),
  },
  {
    name: 'datasets freeze',
    summary: 'Freeze what counts now as a version that never changes; the same content is the same version.',
    arguments: [datasetArgument],
    run: async ({ call, arguments: given }) =>
      call('POST', `${base}/datasets/${(await findDataset(call, given.DATASET!)).id}/versions`),
    print: versionLine,
  },
  {
    name: 'datasets versions',
    summary: 'List the versions of a data set, newest first.',
    arguments: [datasetArgument],
    run: async ({ call, arguments: given }) =>
      call('GET', `${base}/datasets/${(await findDataset(call, given.DATASET!)).id}/versions`),
    print: listed(versionLine, 'No versions yet; a training freezes one.'),
  },
];
