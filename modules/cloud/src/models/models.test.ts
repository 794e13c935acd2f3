import { operatorActor } from '@millwright/kernel';
import { createTestHost, runVerb, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloudModule } from '../server.ts';

let test: TestHost;
let siteId: string;
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule] });
  const { body } = await test.call('POST', '/api/cloud/nodes', {
    body: { kind: 'site', parentId: null, name: 'Works' },
  });
  siteId = body.id;
});
afterAll(() => test.cleanup());

const artefactOf = async (text: string) => (await test.host.blobs.put(Buffer.from(text))).hash;
const ledgerOf = async (subject: string) =>
  (await test.host.ledger.list(operatorActor, { subject })).map(({ type, content }) => ({ type, content }));

describe('the registry of models', () => {
  let id: string;
  const path = () => `/api/cloud/models/${id}`;
  const stage = (version: number, to: string) =>
    test.call('POST', `${path()}/versions/${version}/stage`, { body: { stage: to, reason: `because ${to}` } });

  it('takes a model once for a name of a site', async () => {
    const body = { siteId, name: 'Pump health', family: 'life' };
    const made = await test.call('POST', '/api/cloud/models', { body, as: 'engineer' });
    expect(made).toMatchObject({
      status: 201,
      body: { place: 'Works', versions: 0, liveVersion: null, keptBy: 'cloud' },
    });
    id = made.body.id;
    const again = await test.call('POST', '/api/cloud/models', { body: { ...body, name: 'pump HEALTH' } });
    expect(again.body.error.code).toBe('PLANT_MODEL_EXISTS');
    expect((await test.call('POST', '/api/cloud/models', { body, as: 'operator' })).status).toBe(403);
  });

  it('adds versions whose file is there, with their lineage', async () => {
    const missing = await test.call('POST', `${path()}/versions`, { body: { artefact: 'a'.repeat(64) } });
    expect(missing.body.error.code).toBe('BLOB_MISSING');
    const first = { artefact: await artefactOf('one'), card: { rmse: 12.5 }, dataHash: 'd'.repeat(64) };
    expect((await test.call('POST', `${path()}/versions`, { body: first })).body).toMatchObject({
      ...{ version: 1, stage: 'draft', nextStages: ['reviewed', 'retired'], card: { rmse: 12.5 } },
      dataHash: 'd'.repeat(64),
    });
    const second = { artefact: await artefactOf('two'), parentVersion: 1, fileName: '泵.json' };
    expect((await test.call('POST', `${path()}/versions`, { body: second })).body).toMatchObject({
      ...{ version: 2, parentVersion: 1 },
    });
    const orphan = await test.call('POST', `${path()}/versions`, { body: { ...second, parentVersion: 9 } });
    expect(orphan.body.error.code).toBe('PLANT_MODEL_VERSION_UNKNOWN');
    const file = await test.call('GET', `${path()}/versions/2/file`);
    expect(file.bytes.toString()).toBe('two');
  });

  it('brings nothing live that was not reviewed, and keeps one live at a time', async () => {
    expect((await stage(1, 'live')).body.error).toMatchObject({
      code: 'PLANT_MODEL_STAGE_REFUSED',
      details: { possible: ['reviewed', 'retired'] },
    });
    for (const version of [1, 2]) expect((await stage(version, 'reviewed')).status).toBe(200);
    expect((await stage(1, 'live')).body).toMatchObject({ stage: 'live', stageReason: 'because live' });
    const shadow = { version: 2, reason: 'a week beside it' };
    expect((await test.call('PUT', `${path()}/shadow`, { body: shadow })).body).toMatchObject({
      ...{ liveVersion: 1, shadowVersion: 2 },
    });
    expect((await stage(2, 'live')).body).toMatchObject({ stage: 'live', shadow: false });
    const { body } = await test.call('GET', `${path()}/versions`);
    expect(body.items.map((version: { stage: string }) => version.stage)).toEqual(['live', 'retired']);
    const live = await test.call('PUT', `${path()}/shadow`, { body: shadow });
    expect(live.body.error.code).toBe('PLANT_MODEL_SHADOW_REFUSED');
    expect(await ledgerOf(id)).toContainEqual({
      type: 'cloud.model-stage',
      content: { version: 2, from: 'reviewed', to: 'live', reason: 'because live', retired: 1 },
    });
  });

  it('gives two who bring versions live at once one live version', async () => {
    for (const version of [1, 2]) await stage(version, 'reviewed');
    const both = await Promise.all([stage(1, 'live'), stage(2, 'live')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const { body } = await test.call('GET', `${path()}/versions`);
    expect(body.items.map((version: { stage: string }) => version.stage).sort()).toEqual(['live', 'retired']);
  });

  it('is led from the command line', async () => {
    const { modelVerbs } = await import('../cli/model-verbs.ts');
    const run = (name: string, given: string[] = [], options = {}) => runVerb(test, modelVerbs, name, given, options);
    expect(await run('models show', ['Pump health'])).toMatch(
      /^Pump health {2}life {2}Works {2}live \d {2}newest 2\n {2}2 {2}/,
    );
    expect(await run('models', [], { site: 'Works' })).toContain('Pump health');
    await expect(run('models promote', ['Fan', '1'], { reason: 'x' })).rejects.toMatchObject({
      code: 'PLANT_MODEL_UNKNOWN',
    });
  });

  it('shows what another module keeps beside it, to read only', async () => {
    test.host.use(cloudModule).models.alsoShow({
      module: 'eyes',
      list: async () => [
        {
          ...{ id: 'cap', siteId, nodeId: null, place: 'Works', name: 'Cap', family: 'inspection', versions: 1 },
          ...{
            liveVersion: 1,
            shadowVersion: null,
            newestVersion: 1,
            createdAt: '2026-01-01T00:00:00.000Z',
            link: '/x',
          },
        },
      ],
    });
    const names = async (query: object) =>
      (await test.call('GET', '/api/cloud/models', { query: { ...query } })).body.items.map(
        ({ name, keptBy }: { name: string; keptBy: string }) => `${name} ${keptBy}`,
      );
    expect(await names({})).toEqual(['Cap eyes', 'Pump health cloud']);
    expect(await names({ family: 'life' })).toEqual(['Pump health cloud']);
  });

  it('is refused to who does not see its site, and gone for all once it was deleted', async () => {
    const other = { role: 'viewer' as const, siteIds: ['00000000-0000-4000-8000-000000000000'] };
    expect((await test.call('GET', path(), { as: other })).body.error.code).toBe('ACCESS_SITE_DENIED');
    expect((await test.call('DELETE', path(), { as: 'engineer' })).status).toBe(204);
    expect((await test.call('GET', path())).status).toBe(404);
  });
});
