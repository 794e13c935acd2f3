import type { Verb, VerbContext } from '@millwright/kernel';
import { jsonArgument } from '@millwright/kernel/node';
import type { Dataset } from '../datasets/schemas.ts';
import { experimentErrors } from '../experiments/errors.ts';
import type { Experiment, Trial } from '../experiments/schemas.ts';

type Call = VerbContext['call'];
const base = '/api/orion';
const experimentArgument = { name: 'EXPERIMENT', summary: 'Name or id.' } as const;
const trialArgument = { name: 'TRIAL', summary: 'Id, as `orion trials` lists it.' } as const;

const items = async <T>(call: Call, path: string, query = {}): Promise<T[]> =>
  (await call<{ items: T[] }>('GET', path, { query })).items;

/** Throws ORION_EXPERIMENT_UNKNOWN. */
async function findExperiment(call: Call, wanted: string): Promise<Experiment> {
  const all = await items<Experiment>(call, `${base}/experiments`);
  const found = all.find(({ id, name }) => id === wanted || name === wanted);
  if (!found) throw experimentErrors.ORION_EXPERIMENT_UNKNOWN({ experiment: wanted });
  return found;
}

/** Throws ORION_DATASET_UNKNOWN. */
async function findDataset(call: Call, wanted: string): Promise<Dataset> {
  const all = await items<Dataset>(call, `${base}/datasets`);
  const found = all.find(({ id, name, hash }) => id === wanted || name === wanted || hash === wanted);
  if (!found) throw experimentErrors.ORION_DATASET_UNKNOWN({ dataset: wanted });
  return found;
}

const siteOf = async (call: Call, name: unknown): Promise<string> => {
  const sites = (await items<{ id: string; kind: string; name: string }>(call, '/api/cloud/tree')).filter(
    ({ kind }) => kind === 'site',
  );
  // What is no site is left to the server to refuse.
  return sites.find((site) => site.id === name || site.name === name)?.id ?? String(name);
};

const figure = (value: number): string => String(Number(value.toPrecision(5)));
const datasetLine = ({ name, rows, columns, bytes, hash }: Dataset) =>
  `${name}  ${rows} rows  ${columns.length} columns  ${bytes} bytes  ${hash.slice(0, 12)}`;
const experimentLine = ({ name, family, counts, best, objective }: Experiment) =>
  [
    ...[name, family ?? 'client'],
    ...Object.entries(counts).flatMap(([state, count]) => (count > 0 ? [`${count} ${state}`] : [])),
    ...(best && objective ? [`best ${objective.metric} ${figure(best.value)} (${best.name})`] : []),
  ].join('  ');
const trialLine = ({ id, name, state, metrics, seconds, error }: Trial) =>
  [
    ...[id, name, state, ...Object.entries(metrics).map(([key, value]) => `${key} ${figure(value)}`)],
    ...(seconds === null ? [] : [`${figure(seconds)} s`]),
    ...(error ? [`${error.code}: ${error.message}`] : []),
  ].join('  ');

const action = (name: 'cancel' | 'resume', summary: string): Verb => ({
  name: `experiments ${name}`,
  summary,
  arguments: [experimentArgument],
  run: async ({ call, arguments: given }) =>
    call('POST', `${base}/experiments/${(await findExperiment(call, given.EXPERIMENT!)).id}/${name}`),
  print: experimentLine,
});

/** Data sets, experiments and trials, on the server. */
export const experimentVerbs: readonly Verb[] = [
  {
    name: 'datasets',
    summary: 'List frozen data sets.',
    run: ({ call }) => call('GET', `${base}/datasets`),
    print: (answer: { items: Dataset[] }) => answer.items.map(datasetLine).join('\n') || 'No data sets yet.',
  },
  {
    name: 'datasets freeze',
    summary: 'Freeze a file, or points over a period, as a data set.',
    arguments: [
      { name: 'NAME', summary: 'Its name.' },
      { name: 'FILE?', summary: 'CSV or XLSX with a header.' },
    ],
    options: [
      { name: 'site', summary: 'Name of the site.', placeholder: 'NAME', required: true },
      { name: 'points', summary: 'Ids of points, with commas between, instead of a file.', placeholder: 'IDS' },
      { name: 'from', summary: 'Start of the period, with offset.', placeholder: 'ISO' },
      { name: 'to', summary: 'End of the period, exclusive.', placeholder: 'ISO' },
      { name: 'step', summary: 'Seconds of a row; 3600 unless said otherwise.', placeholder: 'N' },
      {
        name: 'time',
        summary: 'Column of the file with the time; found by itself, none: no time.',
        placeholder: 'COL',
      },
    ],
    run: async ({ call, follow, arguments: given, options }) => {
      const { points, from, to, step, time } = options;
      const siteId = await siteOf(call, options.site);
      const source =
        given.FILE === undefined
          ? {
              ...{ kind: 'points', from, to, stepSeconds: Number(step ?? 3600) },
              columns: String(points ?? '')
                .split(',')
                .filter(Boolean)
                .map((pointId) => ({ pointId })),
            }
          : {
              ...{ kind: 'file', fileName: given.FILE.split(/[\\/]/).at(-1) },
              upload: (await call<{ hash: string }>('POST', '/api/cloud/uploads', { file: given.FILE })).hash,
              ...(time !== undefined && { timeColumn: time === 'none' ? null : time }),
            };
      const body = { siteId, name: given.NAME, source };
      return follow<Dataset>((await call<{ jobId: string }>('POST', `${base}/datasets`, { body })).jobId);
    },
    print: datasetLine,
  },
  {
    name: 'datasets download',
    summary: 'Save a data set as a Parquet file.',
    arguments: [
      { name: 'DATASET', summary: 'Name, id or hash.' },
      { name: 'FILE', summary: 'Where to.' },
    ],
    run: async ({ call, download, arguments: given }) => {
      const { id } = await findDataset(call, given.DATASET!);
      return { file: given.FILE!, ...(await download(`${base}/datasets/${id}/file`, given.FILE!)) };
    },
    print: ({ file, bytes }: { file: string; bytes: number }) => `${file}: ${bytes} bytes`,
  },
  {
    name: 'experiments',
    summary: 'List experiments with how far they are.',
    run: ({ call }) => call('GET', `${base}/experiments`),
    print: (answer: { items: Experiment[] }) => answer.items.map(experimentLine).join('\n') || 'No experiments yet.',
  },
  {
    name: 'experiments start',
    summary: 'Try kinds of learner on a data set; the trials go to the workers.',
    arguments: [
      { name: 'NAME', summary: 'Its name.' },
      { name: 'DATASET', summary: 'Name, id or hash.' },
    ],
    options: [
      { name: 'family', summary: 'Of learners; tables unless said otherwise.', placeholder: 'NAME' },
      { name: 'task', summary: 'What is learnt, as JSON or @FILE.', placeholder: 'JSON', required: true },
      { name: 'kinds', summary: 'Kinds with commas between, each with what it proposes.', placeholder: 'NAMES' },
      { name: 'search', summary: 'Kinds, settings and grids as JSON or @FILE, instead.', placeholder: 'JSON' },
      { name: 'folds', summary: 'Folds in the order of time; 4 unless said otherwise.', placeholder: 'N' },
      { name: 'seed', summary: '1 unless said otherwise.', placeholder: 'N' },
    ],
    run: async ({ call, arguments: given, options }) => {
      const number = (text: unknown) => (typeof text === 'string' ? Number(text) : undefined);
      const kinds = String(options.kinds ?? '')
        .split(',')
        .filter(Boolean);
      const search =
        typeof options.search === 'string'
          ? await jsonArgument(options.search, '--search')
          : { kinds: kinds.map((kind) => ({ kind, propose: true })) };
      const body = {
        ...{ name: given.NAME, datasetId: (await findDataset(call, given.DATASET!)).id, family: options.family },
        ...{ task: await jsonArgument(String(options.task), '--task'), search },
        ...{ folds: number(options.folds), seed: number(options.seed) },
      };
      return call('POST', `${base}/experiments`, { body });
    },
    print: experimentLine,
  },
  action('cancel', 'End what waits and what runs of an experiment.'),
  action('resume', 'Queue again what was cancelled or failed.'),
  {
    name: 'trials',
    summary: 'List the trials of an experiment.',
    arguments: [experimentArgument],
    options: [
      { name: 'sort', summary: 'Figure, seconds or number.', placeholder: 'NAME' },
      { name: 'descending', summary: 'The greatest first.', type: 'boolean' },
      { name: 'state', summary: 'Only of this state.', placeholder: 'queued|running|done|failed|cancelled' },
      { name: 'kind', summary: 'Only of this kind.', placeholder: 'NAME' },
    ],
    run: async ({ call, arguments: given, options: { sort, state, kind, descending } }) => {
      const { id } = await findExperiment(call, given.EXPERIMENT!);
      const query = { sort, state, kind, order: descending ? 'desc' : 'asc' };
      return call('GET', `${base}/experiments/${id}/trials`, { query });
    },
    print: (answer: { items: Trial[] }) => answer.items.map(trialLine).join('\n') || 'No trials.',
  },
  {
    name: 'trials register',
    summary: 'Enter what a trial learnt as a draft of a model.',
    arguments: [trialArgument],
    options: [
      { name: 'model', summary: 'Id of a model; a new one when left out.', placeholder: 'ID' },
      { name: 'name', summary: 'Of the new model.', placeholder: 'NAME' },
    ],
    run: ({ call, arguments: given, options: { model, name } }) =>
      call('POST', `${base}/trials/${given.TRIAL}/register`, { body: { modelId: model, name } }),
    print: ({ modelId, version }: { modelId: string; version: number }) => `${modelId} version ${version}`,
  },
];
