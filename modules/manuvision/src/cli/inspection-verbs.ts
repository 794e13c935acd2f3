import type { Verb } from '@millwright/kernel';
import type { InspectionAnswer, VersionAnswer } from '../inspections/schemas.ts';
import type { DescribedKind } from '../kinds/describe-kinds.ts';
import type { StudyAnswer } from '../studies/schemas.ts';
import { base, findDataset, findInspection, listed, numberOf } from './find-part.ts';
import { studyTable } from './measure-study-verb.ts';
import { settingsOption } from './options.ts';

const settingsOf = {
  name: 'settings',
  summary: 'Settings of the kind as JSON, or @FILE.',
  placeholder: 'JSON',
} as const;

const inspectionArgument = { name: 'INSPECTION', summary: 'Name or id.' } as const;

const line = ({ id, name, kind, promise, newestVersion }: InspectionAnswer) =>
  [
    ...[id, name, kind, `at most ${promise} false rejects per 1,000`],
    newestVersion === 0 ? 'not trained yet' : `version ${newestVersion}`,
  ].join('  ');

const versionLine = ({ version, images, threshold, falseRejects, dataset, findingId }: VersionAnswer) =>
  [
    ...[`version ${version}`, `${images.good} good, ${images.defects} defects`],
    ...(threshold === null ? [] : [`threshold ${threshold.toPrecision(5)}`]),
    falseRejects
      ? `${falseRejects.per1000.toFixed(1)} false rejects per 1,000 (${falseRejects.low.toFixed(1)} to ${falseRejects.high.toFixed(1)})`
      : 'no promise',
    ...(dataset ? [`data set ${dataset.slice(0, 12)}`] : []),
    `finding ${findingId}`,
  ].join('  ');

export const inspectionVerbs: readonly Verb[] = [
  {
    name: 'inspections',
    summary: 'List the inspections on the server.',
    run: ({ call }) => call('GET', `${base}/inspections`),
    print: listed(line, 'No inspections yet.'),
  },
  {
    name: 'inspections add',
    summary: 'Set up an inspection that learns from a data set.',
    arguments: [{ name: 'NAME', summary: 'Of what is looked for.' }],
    options: [
      { name: 'dataset', summary: 'Name or id.', placeholder: 'DATASET', required: true },
      { name: 'kind', summary: 'Left out, anomaly.', placeholder: 'KIND' },
      { name: 'promise', summary: 'False rejects per 1,000 good parts at most; left out, 10.', placeholder: 'N' },
      { name: 'seed', summary: 'Of every draw; left out, 1.', placeholder: 'N' },
      settingsOf,
    ],
    run: async ({ call, arguments: given, options }) => {
      const { id: datasetId, siteId } = await findDataset(call, String(options.dataset));
      const { kind, promise, seed } = options;
      const body = {
        ...{ siteId, datasetId, name: given.NAME, kind, promise: numberOf(promise), seed: numberOf(seed) },
        settings: await settingsOption(options.settings),
      };
      return call('POST', `${base}/inspections`, { body });
    },
    print: line,
  },
  {
    name: 'inspections change',
    summary: 'Change an inspection for the trainings that come.',
    arguments: [inspectionArgument],
    options: [
      { name: 'name', summary: 'Of what is looked for.', placeholder: 'NAME' },
      { name: 'promise', summary: 'False rejects per 1,000 good parts at most.', placeholder: 'N' },
      { name: 'seed', summary: 'Of every draw.', placeholder: 'N' },
      settingsOf,
    ],
    run: async ({ call, arguments: given, options: { name, promise, seed, settings } }) => {
      const { id } = await findInspection(call, given.INSPECTION!);
      const body = {
        ...{ name, promise: numberOf(promise), seed: numberOf(seed) },
        ...(settings === undefined ? {} : { settings: await settingsOption(settings) }),
      };
      return call('PATCH', `${base}/inspections/${id}`, { body });
    },
    print: line,
  },
  {
    name: 'kinds',
    summary: 'List the kinds of inspection, and what each can be told; --json gives the schemas.',
    run: async () => (await import('../kinds/describe-kinds.ts')).describeKinds(),
    print: (kinds: readonly DescribedKind[]) =>
      kinds
        .map(({ name, learns, settings }) =>
          [
            name.padEnd(10),
            learns ? 'learns from pictures' : 'judges by settings  ',
            Object.keys((settings.properties as object | undefined) ?? {}).join(', '),
          ].join('  '),
        )
        .join('\n'),
  },
  {
    name: 'inspections train',
    summary: 'Train a new version, and say what it promises.',
    arguments: [inspectionArgument],
    options: [
      {
        name: 'dataset-version',
        summary: 'As `datasets versions` lists them; left out, what counts when the training begins.',
        placeholder: 'SHA256',
      },
    ],
    run: async ({ call, follow, arguments: given, options }) => {
      const { id } = await findInspection(call, given.INSPECTION!);
      const query = { dataset: options['dataset-version'] };
      const { jobId } = await call<{ jobId: string }>('POST', `${base}/inspections/${id}/train`, { query });
      return follow<VersionAnswer>(jobId);
    },
    print: (version: VersionAnswer) =>
      [versionLine(version), ...version.leftOut.map((one) => `  not ${one.fileName}: ${one.reason.text}`)].join('\n'),
  },
  {
    name: 'inspections study',
    summary: 'Gauge repeatability and reproducibility of a measuring inspection (AIAG), on pictures of the server.',
    arguments: [inspectionArgument],
    options: [
      {
        ...{ name: 'dataset', placeholder: 'DATASET' },
        summary: 'Whose pictures say part and operator by group or folder; left out, that of the inspection.',
      },
      { name: 'search', summary: 'Only pictures with this in the file name.', placeholder: 'TEXT' },
    ],
    run: async ({ call, follow, arguments: given, options }) => {
      const { id } = await findInspection(call, given.INSPECTION!);
      const datasetId =
        options.dataset === undefined ? undefined : (await findDataset(call, String(options.dataset))).id;
      const body = { datasetId, search: options.search };
      const { jobId } = await call<{ jobId: string }>('POST', `${base}/inspections/${id}/study`, { body });
      const { evidence } = await follow<{ evidence: string }>(jobId);
      const { items } = await call<{ items: StudyAnswer[] }>('GET', `${base}/inspections/${id}/studies`);
      return items.find(({ findingId }) => findingId === evidence)!;
    },
    print: ({ features, findingId }: StudyAnswer) =>
      [...features.flatMap(studyTable), `finding ${findingId}`].join('\n'),
  },
  {
    name: 'inspections versions',
    summary: 'List what was trained, newest first.',
    arguments: [inspectionArgument],
    run: async ({ call, arguments: given }) =>
      call('GET', `${base}/inspections/${(await findInspection(call, given.INSPECTION!)).id}/versions`),
    print: listed(versionLine, 'Not trained yet.'),
  },
  {
    name: 'inspections model',
    summary: 'Save the one file of a version, which judges anywhere.',
    arguments: [inspectionArgument],
    options: [
      { name: 'version', summary: 'Left out, the newest.', placeholder: 'N' },
      { name: 'out', summary: 'File to write.', placeholder: 'FILE', required: true },
    ],
    run: async ({ call, download, arguments: given, options }) => {
      const { id, newestVersion } = await findInspection(call, given.INSPECTION!);
      const version = numberOf(options.version) ?? newestVersion;
      const file = String(options.out);
      const { bytes, sha256 } = await download(`${base}/inspections/${id}/versions/${version}/model.onnx`, file);
      return { file, bytes, sha256, version };
    },
  },
];
