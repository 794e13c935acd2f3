import type { Readable } from 'node:stream';
import { type App, signedInActor } from '@millwright/http';
import type { Actor, Logger } from '@millwright/kernel';
import { z } from 'zod';
import { asMlflowError, trackingErrors } from './errors.ts';
import { artifactRoot, requests, toMlflowExperiment, toMlflowMetric, toMlflowRun } from './messages.ts';
import type { RunNow, TrackingService } from './service.ts';

/** The client asks below `api`, pages of MLflow below `ajax-api`; both are under /api here, so that sessions are asked for. */
const base = '/api/2.0/mlflow';
const artifacts = '/api/2.0/mlflow-artifacts/artifacts';
/** As large as the disk takes: streamed while it is hashed. */
const mostBytes = 64 * 1024 ** 3;

type Names = keyof typeof requests;
type Answer<K extends Names> = (actor: Actor, request: z.output<(typeof requests)[K]>) => Promise<object>;

/** The REST tracking API of MLflow, versions 2 and 3: `MLFLOW_TRACKING_URI` is the server, `MLFLOW_TRACKING_TOKEN` a token of Millwright. */
export function trackingRoutes(app: App, tracking: TrackingService, logger: Logger): void {
  app.register(async (given) => {
    const scope = given as unknown as App;
    answerAsMlflow(scope, logger);
    const post = <K extends Names>(path: string, name: K, answer: Answer<K>) =>
      scope.post(`${base}/${path}`, { schema: { hide: true, body: requests[name] } }, async (request) =>
        answer(signedInActor(request), request.body as never),
      );
    const get = <K extends Names>(path: string, name: K, answer: Answer<K>) =>
      scope.get(`${base}/${path}`, { schema: { hide: true, querystring: requests[name] } }, async (request) =>
        answer(signedInActor(request), request.query as never),
      );
    experimentPaths(post, get, tracking);
    runPaths(post, get, tracking);
    // Artifacts of a run are looked for among logged models too: none are kept here, files of runs are.
    scope.post(`${base}/logged-models/search`, { schema: { hide: true } }, async () => ({ models: [] }));
    scope.all(`${base}/*`, { schema: { hide: true } }, async (request, reply) =>
      reply.code(404).send({
        error_code: 'ENDPOINT_NOT_FOUND',
        message: `Millwright keeps experiments, runs and their files; it has no ${request.method} ${request.url}.`,
      }),
    );
  });
  app.register(async (given) => {
    const scope = given as unknown as App;
    answerAsMlflow(scope, logger);
    // Whatever it is called, an artifact is bytes.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    artifactPaths(scope, tracking);
  });
}

type Adder = <K extends Names>(path: string, name: K, answer: Answer<K>) => unknown;

function experimentPaths(post: Adder, get: Adder, tracking: TrackingService): void {
  post('experiments/create', 'experimentCreate', async (actor, request) => ({
    experiment_id: await tracking.createExperiment(actor, request),
  }));
  get('experiments/get', 'experimentOf', async (actor, { experiment_id }) => ({
    experiment: toMlflowExperiment(await tracking.experiment(actor, experiment_id)),
  }));
  get('experiments/get-by-name', 'experimentByName', async (actor, { experiment_name }) => ({
    experiment: toMlflowExperiment(await tracking.experimentByName(actor, experiment_name)),
  }));
  const search: Answer<'experimentSearch'> = async (actor, request) => {
    const { items, next } = await tracking.searchExperiments(actor, request);
    return { experiments: items.map(toMlflowExperiment), ...(next !== undefined && { next_page_token: next }) };
  };
  post('experiments/search', 'experimentSearch', search);
  get('experiments/search', 'experimentSearch', search);
  get('experiments/list', 'experimentSearch', search);
  post('experiments/update', 'experimentUpdate', async (actor, request) => {
    await tracking.renameExperiment(actor, request);
    return {};
  });
  post('experiments/set-experiment-tag', 'experimentTag', async (actor, request) => {
    await tracking.tagExperiment(actor, request);
    return {};
  });
  for (const [path, removed] of [
    ['delete', true],
    ['restore', false],
  ] as const)
    post(`experiments/${path}`, 'experimentOf', async (actor, { experiment_id }) => {
      await tracking.setExperimentRemoved(actor, experiment_id, removed);
      return {};
    });
}

const shown = ({ row, last }: RunNow) => toMlflowRun(row, last);
const idOf = ({ run_id, run_uuid }: { run_id?: string | undefined; run_uuid?: string | undefined }) =>
  run_id ?? run_uuid ?? '';

function runPaths(post: Adder, get: Adder, tracking: TrackingService): void {
  post('runs/create', 'runCreate', async (actor, request) => ({
    run: shown(await tracking.createRun(actor, request)),
  }));
  get('runs/get', 'runOf', async (actor, request) => ({ run: shown(await tracking.run(actor, idOf(request))) }));
  post('runs/update', 'runUpdate', async (actor, request) => ({
    run_info: shown(await tracking.updateRun(actor, request)).info,
  }));
  post('runs/search', 'runSearch', async (actor, request) => {
    const { items, next } = await tracking.searchRuns(actor, request);
    return { runs: items.map(shown), ...(next !== undefined && { next_page_token: next }) };
  });
  for (const [path, removed] of [
    ['delete', true],
    ['restore', false],
  ] as const)
    post(`runs/${path}`, 'runOf', async (actor, request) => {
      await tracking.setRunRemoved(actor, idOf(request), removed);
      return {};
    });
  const nothing = { metrics: [], params: [], tags: [] };
  post('runs/log-batch', 'batch', async (actor, request) => {
    await tracking.log(actor, request);
    return {};
  });
  post('runs/log-metric', 'metric', async (actor, { run_id, run_uuid, ...metric }) => {
    await tracking.log(actor, { ...nothing, run_id, run_uuid, metrics: [metric] });
    return {};
  });
  post('runs/log-parameter', 'param', async (actor, { run_id, run_uuid, ...param }) => {
    await tracking.log(actor, { ...nothing, run_id, run_uuid, params: [param] });
    return {};
  });
  post('runs/set-tag', 'tag', async (actor, request) => {
    await tracking.tagRun(actor, request);
    return {};
  });
  post('runs/delete-tag', 'tagDelete', async (actor, request) => {
    await tracking.removeTag(actor, request);
    return {};
  });
  post('runs/log-inputs', 'inputs', async (actor, { run_id, run_uuid, datasets }) => {
    const tags = datasets.map((dataset, index) => ({ key: `mlflow.dataset.${index}`, value: JSON.stringify(dataset) }));
    await tracking.log(actor, { ...nothing, run_id, run_uuid, tags });
    return {};
  });
  get('metrics/get-history', 'history', async (actor, request) => {
    const { items, next } = await tracking.history(actor, request);
    return { metrics: items.map(toMlflowMetric), ...(next !== undefined && { next_page_token: next }) };
  });
  get('artifacts/list', 'artifactList', async (actor, request) => {
    const { row } = await tracking.run(actor, idOf(request));
    const files = await tracking.files(actor, row.id, request.path);
    const root_uri = `mlflow-artifacts:/${artifactRoot(row.experiment_id, row.id)}`;
    return { root_uri, files: files.map(toMlflowFile) };
  });
}

const toMlflowFile = ({ path, bytes }: { path: string; bytes: number | null }) =>
  bytes === null ? { path, is_dir: true } : { path, is_dir: false, file_size: bytes };

/** EXPERIMENT/RUN/artifacts/PATH. Throws TRACKING_PATH_INVALID. */
function placeOf(path: string): { runId: string; path: string } {
  const found = /^\/*[^/]+\/([^/]+)\/artifacts(?:\/(.*))?$/s.exec(path);
  if (!found) throw trackingErrors.TRACKING_PATH_INVALID({ path });
  return { runId: found[1]!, path: found[2] ?? '' };
}

function artifactPaths(scope: App, tracking: TrackingService): void {
  const params = z.object({ '*': z.string() });
  const list = z.object({ path: z.string().default('') });
  scope.get(artifacts, { schema: { hide: true, querystring: list } }, async (request) => {
    const { runId, path } = placeOf(request.query.path);
    const files = await tracking.files(signedInActor(request), runId, path);
    // Names below what was asked for.
    const names = files.map((file) => ({ ...file, path: file.path.split('/').at(-1)! }));
    return { files: names.map(toMlflowFile) };
  });
  scope.get(`${artifacts}/*`, { schema: { hide: true, params } }, async (request, reply) => {
    const { runId, path } = placeOf(request.params['*']);
    const { file, content } = await tracking.file(signedInActor(request), runId, path);
    return reply.type('application/octet-stream').header('content-length', file.bytes).send(content);
  });
  scope.put(`${artifacts}/*`, { bodyLimit: mostBytes, schema: { hide: true, params } }, async (request) => {
    const { runId, path } = placeOf(request.params['*']);
    const content = (request.body as Readable | undefined) ?? request.raw;
    await tracking.putFile(signedInActor(request), runId, path, content);
    return {};
  });
  scope.delete(`${artifacts}/*`, { schema: { hide: true, params } }, async (request) => {
    const { runId, path } = placeOf(request.params['*']);
    await tracking.removeFiles(signedInActor(request), runId, path);
    return {};
  });
}

/** `{ error_code, message }` instead of what the rest of the product answers. */
function answerAsMlflow(scope: App, logger: Logger): void {
  scope.setErrorHandler((error, request, reply) => {
    const { status, body } = asMlflowError(error);
    if (status >= 500) logger.error({ err: error, url: request.url }, 'an MLflow client was refused');
    return reply.code(status).send(body);
  });
}
