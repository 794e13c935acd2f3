import { cloudModule } from '@millwright/cloud/server';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orionModule } from '../server.ts';
import { machineCsv } from '../test/sample-data.ts';
import { parseFilter } from './filter.ts';

const base = '/api/2.0/mlflow';
const files = '/api/2.0/mlflow-artifacts/artifacts';

let test: TestHost;
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, orionModule] });
}, 60_000);
afterAll(() => test.cleanup());

// What mlflow-skinny 3.17.2 sends, byte for byte but for ids and times.
const post = (path: string, body: object, as: 'engineer' | 'viewer' | 'nobody' = 'engineer') =>
  test.call('POST', `${base}/${path}`, { body, as });
const get = (path: string, query: Record<string, unknown>) =>
  test.call('GET', `${base}/${path}`, { query, as: 'engineer' });

describe('an MLflow client', () => {
  let experiment_id: string;
  let run_id: string;
  const ofRun = () => ({ run_uuid: run_id, run_id });
  const put = (path: string, text: string) =>
    test.call('PUT', `${files}/${experiment_id}/${run_id}/artifacts/${path}`, {
      ...{ body: text, headers: { 'content-type': 'text/plain' }, as: 'engineer' },
    });

  it('finds no experiment, makes it, and is told when it is there', async () => {
    const missing = await get('experiments/get-by-name', { experiment_name: 'notebook' });
    expect(missing).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
    const made = await post('experiments/create', { name: 'notebook' });
    experiment_id = made.body.experiment_id;
    expect((await post('experiments/create', { name: 'notebook' })).body.error_code).toBe('RESOURCE_ALREADY_EXISTS');
    const { experiment } = (await get('experiments/get', { experiment_id })).body;
    expect(experiment).toMatchObject({
      ...{ experiment_id, name: 'notebook', lifecycle_stage: 'active' },
      artifact_location: `mlflow-artifacts:/${experiment_id}`,
    });
    expect((await post('experiments/create', { name: 'x' }, 'viewer')).body.error_code).toBe('PERMISSION_DENIED');
    expect(await post('experiments/create', { name: 'x' }, 'nobody')).toMatchObject({
      ...{ status: 401, body: { error_code: 'UNAUTHENTICATED' } },
    });
    expect((await post('experiments/create', {})).body.error_code).toBe('INVALID_PARAMETER_VALUE');
  });

  it('logs a run', async () => {
    const tags = [
      { key: 'mlflow.user', value: 'root' },
      { key: 'mlflow.runName', value: 'first' },
    ];
    const begun = { experiment_id, user_id: 'root', run_name: 'first', start_time: 1_795_824_041_822, tags };
    run_id = (await post('runs/create', begun)).body.run.info.run_id;
    await post('runs/log-parameter', { ...ofRun(), key: 'depth', value: '5' });
    await post('runs/log-batch', { run_id, params: [{ key: 'kind', value: 'gbt' }] });
    for (const [step, value] of [1, 0.5, 0.25].entries())
      await post('runs/log-metric', { ...ofRun(), key: 'loss', value, timestamp: 1_795_824_042_489 + step, step });
    const nan = { key: 'nan', value: 'NaN', timestamp: 1_795_824_042_708, step: 0, run_id };
    expect((await post('runs/log-batch', { run_id, metrics: [{ ...nan, key: 'auc', value: 0.9 }, nan] })).status).toBe(
      200,
    );
    await post('runs/set-tag', { ...ofRun(), key: 'team', value: 'press' });
    for (const [path, text] of [
      ['a.txt', 'hello'],
      ['deep/er/a.txt', 'hello'],
      ['empty.txt', ''],
    ] as const)
      expect((await put(path, text)).status).toBe(200);
    await post('runs/update', { ...ofRun(), status: 'FINISHED', end_time: 1_795_824_043_015 });
    const { run } = (await get('runs/get', ofRun())).body;
    expect(run.info).toMatchObject({
      ...{ run_id, experiment_id, run_name: 'first', user_id: 'root', status: 'FINISHED', lifecycle_stage: 'active' },
      ...{ start_time: 1_795_824_041_822, end_time: 1_795_824_043_015 },
      artifact_uri: `mlflow-artifacts:/${experiment_id}/${run_id}/artifacts`,
    });
    expect(run.data.metrics).toContainEqual({ key: 'loss', value: 0.25, timestamp: 1_795_824_042_491, step: 2 });
    expect(run.data.metrics).toContainEqual({ key: 'nan', value: 'NaN', timestamp: 1_795_824_042_708, step: 0 });
    expect(run.data.params).toContainEqual({ key: 'depth', value: '5' });
    expect(run.data.tags).toContainEqual({ key: 'team', value: 'press' });
  });

  it('cannot log a parameter twice with another value', async () => {
    const changed = await post('runs/log-parameter', { ...ofRun(), key: 'depth', value: '6' });
    expect(changed).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    expect((await post('runs/log-parameter', { ...ofRun(), key: 'depth', value: '5' })).status).toBe(200);
  });

  it('reads the history of a figure, page by page', async () => {
    const query = { ...ofRun(), metric_key: 'loss', max_results: 2 };
    const { body } = await get('metrics/get-history', query);
    expect(body.metrics.map(({ value }: { value: number }) => value)).toEqual([1, 0.5]);
    const rest = (await get('metrics/get-history', { ...query, page_token: body.next_page_token })).body;
    expect(rest).toEqual({ metrics: [{ key: 'loss', value: 0.25, timestamp: 1_795_824_042_491, step: 2 }] });
  });

  it('lists and fetches artifacts, and reaches nothing beside them', async () => {
    const root = `${experiment_id}/${run_id}/artifacts`;
    const listed = await test.call('GET', files, { query: { path: root }, as: 'engineer' });
    expect(listed.body.files).toEqual([
      { path: 'a.txt', is_dir: false, file_size: 5 },
      { path: 'deep', is_dir: true },
      { path: 'empty.txt', is_dir: false, file_size: 0 },
    ]);
    const below = await get('artifacts/list', { run_id, path: 'deep' });
    expect(below.body.files).toEqual([{ path: 'deep/er', is_dir: true }]);
    const file = await test.call('GET', `${files}/${root}/deep/er/a.txt`, { as: 'viewer' });
    expect(file.bytes.toString()).toBe('hello');
    const nothing = await test.call('GET', `${files}/${root}/b.txt`, { as: 'viewer' });
    expect(nothing).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
    expect((await put('%2e%2e/x', 'x')).body.error_code).toBe('INVALID_PARAMETER_VALUE');
    expect((await test.call('DELETE', `${files}/${root}/deep`, { as: 'engineer' })).status).toBe(200);
    expect((await get('artifacts/list', { run_id })).body.files).toHaveLength(2);
  });

  it('searches runs and experiments', async () => {
    const begun = await post('runs/create', { experiment_id, run_name: 'second', start_time: 1_795_824_043_344 });
    await post('runs/log-metric', {
      run_id: begun.body.run.info.run_id,
      key: 'loss',
      value: 0.2,
      timestamp: 1,
      step: 0,
    });
    const search = async (filter: string, order_by: string[] = []) =>
      (
        await post('runs/search', {
          ...{ experiment_ids: [experiment_id], run_view_type: 'ACTIVE_ONLY', filter, max_results: 1000, order_by },
        })
      ).body.runs?.map(({ info }: { info: { run_name: string } }) => info.run_name);
    expect(await search('', ['metrics.loss ASC'])).toEqual(['second', 'first']);
    expect(await search("metrics.loss < 0.3 and params.kind = 'gbt'")).toEqual(['first']);
    expect(await search("tags.`mlflow.runName` LIKE 'f%' and attributes.status = 'FINISHED'")).toEqual(['first']);
    const wrong = await post('runs/search', { experiment_ids: [experiment_id], filter: 'metrics.loss about 3' });
    expect(wrong.body.error_code).toBe('INVALID_PARAMETER_VALUE');
    const found = await post('experiments/search', {
      max_results: 1000,
      filter: "name ILIKE 'NOTE%'",
      view_type: 'ALL',
    });
    expect(found.body.experiments).toHaveLength(1);
  });

  it('deletes and restores runs and experiments, and removes tags', async () => {
    const count = async () => (await post('runs/search', { experiment_ids: [experiment_id] })).body.runs.length;
    await post('runs/delete', { run_id });
    expect(await count()).toBe(1);
    await post('runs/restore', { run_id });
    expect(await count()).toBe(2);
    await post('runs/delete-tag', { run_id, key: 'team' });
    expect(JSON.stringify((await get('runs/get', { run_id })).body)).not.toContain('press');
    await post('experiments/set-experiment-tag', { experiment_id, key: 'a', value: 'b' });
    await post('experiments/update', { experiment_id, new_name: 'notebook 2' });
    await post('experiments/delete', { experiment_id });
    const { experiment } = (await get('experiments/get-by-name', { experiment_name: 'notebook 2' })).body;
    expect(experiment).toMatchObject({ lifecycle_stage: 'deleted', tags: [{ key: 'a', value: 'b' }] });
    await post('experiments/restore', { experiment_id });
    expect((await get('experiments/get', { experiment_id })).body.experiment.lifecycle_stage).toBe('active');
  });

  it('logs without naming an experiment, and hears of what is not kept here', async () => {
    const { run } = (await post('runs/create', { experiment_id: '0', start_time: 1 })).body;
    expect((await get('experiments/get', { experiment_id: run.info.experiment_id })).body.experiment.name).toBe(
      'Default',
    );
    expect((await get('runs/get', { run_id: 'f'.repeat(32) })).body.error_code).toBe('RESOURCE_DOES_NOT_EXIST');
    expect((await post('registered-models/create', { name: 'm' })).body.error_code).toBe('ENDPOINT_NOT_FOUND');
  });

  it('reads trials of Millwright as runs, and changes nothing of them', async () => {
    const site = { kind: 'site', parentId: null, name: 'Works' };
    const siteId = (await test.call('POST', '/api/cloud/nodes', { body: site })).body.id;
    const { hash } = await test.host.blobs.put(Buffer.from(machineCsv(200)));
    const source = { kind: 'file', upload: hash, fileName: 'machine.csv' };
    const job = await test.call('POST', '/api/orion/datasets', { body: { siteId, name: 'machine', source } });
    const { result } = await test.jobEnd(job.body.jobId, 60_000);
    const made = await test.call('POST', '/api/orion/experiments', {
      body: {
        ...{ name: 'power', datasetId: result.id, folds: 2, task: { target: 'power', task: 'regression' } },
        search: { kinds: [{ kind: 'ridge', settings: { penalty: 1 } }] },
      },
    });
    const { id } = made.body;
    const one = async () => (await post('runs/search', { experiment_ids: [id] })).body.runs[0];
    await expect.poll(async () => (await one()).info.status, { timeout: 30_000 }).toBe('FINISHED');
    const run = await one();
    expect(run.data.metrics.map(({ key }: { key: string }) => key).sort()).toEqual(['mae', 'rmse', 'skill']);
    expect(run.data.params).toEqual(
      expect.arrayContaining([
        { key: 'kind', value: 'ridge' },
        { key: 'penalty', value: '1' },
      ]),
    );
    const model = await test.call('GET', `${files}/${id}/${run.info.run_id}/artifacts/model.json`, { as: 'viewer' });
    expect(JSON.parse(model.bytes.toString())).toBeTypeOf('object');
    const logged = await post('runs/log-metric', {
      run_id: run.info.run_id,
      key: 'rmse',
      value: 0,
      timestamp: 1,
      step: 0,
    });
    expect(logged.body.error_code).toBe('INVALID_STATE');
    expect((await post('runs/create', { experiment_id: id })).body.error_code).toBe('INVALID_STATE');
    expect((await post('runs/set-tag', { run_id: run.info.run_id, key: 'note', value: 'good' })).status).toBe(200);
  });
});

describe('the filter language', () => {
  const values: Record<string, string | number> = {
    'metric rmse': 2,
    'param kind': 'ridge',
    'attribute status': 'FINISHED',
  };
  const passes = (filter: string) => parseFilter(filter)(({ of, name }) => values[`${of} ${name}`]);
  it.each([
    ['metrics.rmse >= 2 AND params.kind != "tree"', true],
    ["status IN ('FAILED', 'FINISHED')", true],
    ["status NOT IN ('FINISHED')", false],
    ["params.kind ILIKE 'RI%'", true],
    ['metrics."rmse" < 2', false],
    ['metrics.none < 2', false],
    ['', true],
  ])('%s', (filter, wanted) => expect(passes(filter)).toBe(wanted));
  it.each(['metrics.rmse', 'metrics.rmse < x', 'a = 1 or b = 2', "status IN 'x'", "params.kind ~ 'x'"])(
    'refuses %s',
    (filter) => expect(() => passes(filter)).toThrow(expect.objectContaining({ code: 'TRACKING_FILTER_INVALID' })),
  );
});
