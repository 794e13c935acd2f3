import { cloudModule } from '@millwright/cloud/server';
import { operatorActor } from '@millwright/kernel';
import { createTestHost, runVerb, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orionModule } from '../server.ts';
import { machineCsv } from '../test/sample-data.ts';

let test: TestHost;
let siteId: string;
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, orionModule] });
  const { body } = await test.call('POST', '/api/cloud/nodes', {
    body: { kind: 'site', parentId: null, name: 'Works' },
  });
  siteId = body.id;
}, 60_000);
afterAll(() => test.cleanup());

async function freeze(name: string, source: object) {
  const { status, body } = await test.call('POST', '/api/orion/datasets', { body: { siteId, name, source } });
  expect(status, JSON.stringify(body)).toBe(202);
  return test.jobEnd(body.jobId, 60_000);
}
const upload = async (text: string) => (await test.host.blobs.put(Buffer.from(text))).hash;
const fileOf = async (rows: number) => ({
  kind: 'file',
  upload: await upload(machineCsv(rows)),
  fileName: 'machine.csv',
});
const ends = (id: string) =>
  expect
    .poll(async () => (await test.call('GET', `/api/orion/experiments/${id}`)).body.progress, {
      ...{ timeout: 30_000, interval: 50 },
    })
    .toBe(1);

describe('data sets', () => {
  it('are frozen from a file under the hash of their content, and proved', async () => {
    const { result } = await freeze('machine', await fileOf(300));
    expect(result).toMatchObject({ rows: 300, from: '2026-01-01T00:00:00.000Z' });
    expect(result.columns.map(({ name, kind }: { name: string; kind: string }) => `${name} ${kind}`)).toEqual([
      ...['load number', 'heat number', 'grade category', 'power number', 'fault category'],
    ]);
    expect(result.columns[0].missing).toBeGreaterThan(5);
    expect(await test.host.ledger.verify(operatorActor, result.findingId)).toMatchObject({ status: 'proved' });
    const again = await freeze('machine again', await fileOf(300));
    expect(again.result.hash).toBe(result.hash);
    const taken = await freeze('Machine', await fileOf(300));
    expect(taken.error.code).toBe('ORION_DATASET_EXISTS');
    const file = await test.call('GET', `/api/orion/datasets/${result.id}/file`);
    expect(file.bytes.subarray(0, 4).toString()).toBe('PAR1');
  });

  it('are frozen from points on an even grid, and say when a reading was changed', async () => {
    const { sources, points, store } = test.host.use(cloudModule);
    const source = await sources.create(operatorActor, { siteId, name: 'Meters', kind: 'rest-push', config: {} });
    const [gauge] = await points.ensure(operatorActor, source, [
      { key: 'heat', name: 'Heat', unit: 'Cel', kind: 'gauge' },
    ]);
    const from = Date.UTC(2026, 2, 1);
    const write = (time: number, value: number, quality = 0) =>
      store.write({
        ...{ sourceId: source.id, keys: ['heat'], keyIndex: Int32Array.of(0), historical: true },
        ...{ time: Float64Array.of(time), value: Float64Array.of(value), quality: Int16Array.of(quality) },
      });
    for (const [index, value] of [1, 3, 5].entries()) await write(from + index * 30_000, value);
    await write(from + 90_000, 700, 2);
    const { result } = await freeze('heat', {
      kind: 'points',
      columns: [{ pointId: gauge!.id }],
      ...{ from: new Date(from).toISOString(), to: new Date(from + 180_000).toISOString(), stepSeconds: 60 },
    });
    expect(result).toMatchObject({ rows: 3, columns: [{ name: 'Heat', kind: 'number', missing: 1 }] });
    expect(await test.host.ledger.verify(operatorActor, result.findingId)).toMatchObject({ status: 'proved' });
    await write(from + 45_000, 4);
    expect(await test.host.ledger.verify(operatorActor, result.findingId)).toMatchObject({ status: 'inputs changed' });
  });
});

describe('experiments', () => {
  let datasetId: string;
  let id: string;
  beforeAll(async () => {
    datasetId = (await freeze('for trials', await fileOf(400))).result.id;
  });
  const create = (body: object, as: 'engineer' | 'viewer' = 'engineer') =>
    test.call('POST', '/api/orion/experiments', {
      body: { datasetId, task: { target: 'power', task: 'regression' }, seed: 7, folds: 3, ...body },
      as,
    });
  const kinds = [{ kind: 'constant' }, { kind: 'ridge', grid: { penalty: [0.01, 1, 1e6] } }];

  it('try kinds and settings in the order of time, and rank them', async () => {
    const made = await create({ name: 'power', search: { kinds } });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    id = made.body.id;
    await ends(id);
    const { body } = await test.call('GET', `/api/orion/experiments/${id}/trials`, { query: { sort: 'rmse' } });
    expect(body.total).toBe(4);
    expect(body.items[0]).toMatchObject({ kind: 'ridge', state: 'done', params: { penalty: 0.01 }, seed: 7 });
    expect(body.items[0].metrics.skill).toBeGreaterThan(0.5);
    expect(body.items.at(-1).kind).toMatch(/constant|ridge/);
    expect(body.items[0].folds.map(({ trained }: { trained: number }) => trained)).toEqual([200, 267, 333]);
    expect(body.items[0].codeVersion).toMatch(/^[0-9a-f]{12}$/);
    const whole = await test.call('GET', `/api/orion/experiments/${id}`);
    expect(whole.body).toMatchObject({
      counts: { done: 4, failed: 0 },
      objective: { metric: 'rmse', lessIsBetter: true },
      best: { trialId: body.items[0].id },
    });
    const { items } = (await test.call('GET', `/api/orion/trials/${body.items[0].id}/curve`)).body;
    expect(
      items.filter(({ key }: { key: string }) => key === 'rmse').map(({ step }: { step: number }) => step),
    ).toEqual([1, 2, 3]);
    const only = await test.call('GET', `/api/orion/experiments/${id}/trials`, { query: { kind: 'constant' } });
    expect(only.body.total).toBe(1);
  });

  it('prove what a trial learnt by learning again', async () => {
    const { body } = await test.call('GET', `/api/orion/experiments/${id}/trials`, { query: { sort: 'rmse' } });
    const { findingId, artefact } = body.items[0];
    expect(await test.host.ledger.verify(operatorActor, findingId)).toMatchObject({ status: 'proved' });
    expect(await test.host.blobs.has(artefact)).toBe(true);
  });

  it('hand what was learnt to the registry with its lineage', async () => {
    const { body } = await test.call('GET', `/api/orion/experiments/${id}/trials`, { query: { sort: 'rmse' } });
    const { id: trialId, artefact } = body.items[0];
    const made = await test.call('POST', `/api/orion/trials/${trialId}/register`, { body: { name: 'Power model' } });
    expect(made).toMatchObject({ status: 201, body: { version: 1 } });
    const version = await test.call('GET', `/api/cloud/models/${made.body.modelId}/versions/1`);
    expect(version.body).toMatchObject({
      artefact,
      trialId,
      experimentId: id,
      stage: 'draft',
      card: { kind: 'ridge' },
    });
  });

  it('refuse before anything is queued what cannot be learnt', async () => {
    const refused = async (body: object) => (await create({ name: 'no', ...body })).body.error?.code;
    expect(await refused({ search: { kinds: [{ kind: 'oracle' }] } })).toBe('ORION_LEARNER_UNKNOWN');
    expect(await refused({ search: { kinds: [{ kind: 'ridge', settings: { penalty: -1 } }] } })).toBe(
      'ORION_SETTINGS_INVALID',
    );
    expect(await refused({ search: { kinds }, task: { target: 'x', task: 'regression' } })).toBe(
      'ORION_COLUMN_UNKNOWN',
    );
    expect(await refused({ search: { kinds }, task: { target: 'load' } })).toBe('ORION_TASK_INVALID');
    expect(await refused({ search: { kinds: [{ kind: 'logistic' }] } })).toBe('ORION_DATA_UNFIT');
    expect(await refused({ search: { kinds }, name: 'POWER' })).toBe('ORION_EXPERIMENT_EXISTS');
    expect((await create({ name: 'no', search: { kinds } }, 'viewer')).status).toBe(403);
  });

  it('are led from the command line', async () => {
    const { experimentVerbs } = await import('../cli/experiment-verbs.ts');
    const run = (name: string, given: string[] = [], options = {}) =>
      runVerb(test, experimentVerbs, name, given, options);
    const task = JSON.stringify({ target: 'fault', task: 'classification' });
    expect(await run('datasets')).toContain('for trials  400 rows  5 columns');
    await run('experiments start', ['faults', 'for trials'], { task, kinds: 'constant,logistic', folds: '2' });
    const made = (await test.call('GET', '/api/orion/experiments')).body.items[0];
    await ends(made.id);
    expect(await run('experiments')).toMatch(/^faults {2}tables {2}\d+ done {2}best log-loss [\d.]+ \(logistic \d\)/);
    expect(await run('trials', ['faults'], { kind: 'constant' })).toMatch(
      /constant 1 {2}done {2}skill -?[\d.]+ {2}accuracy/,
    );
    await expect(run('trials', ['nothing'])).rejects.toMatchObject({ code: 'ORION_EXPERIMENT_UNKNOWN' });
  });

  it('are cancelled and go on', async () => {
    const many = {
      kinds: [{ kind: 'ridge', grid: { penalty: Array.from({ length: 12 }, (_, at) => 10 ** (at - 6)) } }],
    };
    const { body } = await create({ name: 'many', search: many });
    const cancelled = await test.call('POST', `/api/orion/experiments/${body.id}/cancel`);
    expect(cancelled.body.counts.queued + cancelled.body.counts.running).toBe(0);
    expect(cancelled.body.counts.cancelled).toBeGreaterThan(0);
    await test.call('POST', `/api/orion/experiments/${body.id}/resume`);
    await ends(body.id);
    const { counts } = (await test.call('GET', `/api/orion/experiments/${body.id}`)).body;
    expect(counts).toMatchObject({ done: 12, cancelled: 0, failed: 0 });
    expect((await test.call('DELETE', `/api/orion/experiments/${body.id}`)).status).toBe(204);
  });
});
