import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { esgModule } from '../server.ts';
import { createEsgPlant, type EsgPlant } from '../test-plant.ts';
import { builtInLibrary } from './library.ts';

let test: EsgPlant;
beforeAll(async () => {
  test = await createEsgPlant();
});
afterAll(() => test.cleanup());

const list = async (query: Record<string, unknown> = {}) =>
  (await test.call('GET', '/api/esg/factors', { query, as: 'auditor' })).body.items as { id: string; key: string }[];
const emissions = async (factor: string) => {
  const line = { kind: 'electricity', id: 'a', quantity: '100', unit: 'MWh', factor };
  return (await test.call('POST', '/api/esg/emissions', { body: { lines: [line] } })).body;
};
const verify = async (id: string) => (await test.verify(id)).status;

describe('the factor library', () => {
  it('is filled at the first start, once, and the ledger says so', async () => {
    expect(await list()).toHaveLength(builtInLibrary.factors.length);
    const entries = (await test.call('GET', '/api/ledger/entries', { query: { type: 'esg.factors-seed' } })).body.items;
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ actor: { id: 'esg' }, content: { added: builtInLibrary.factors.length } });
    const services = test.host.use(esgModule);
    await services.factors.seed();
    const again = (await test.call('GET', '/api/ledger/entries', { query: { type: 'esg.factors-seed' } })).body.items;
    expect(again).toEqual(entries);
  });

  it('is searched and filtered', async () => {
    expect((await list({ family: 'trading-scheme' })).map(({ id }) => id)).toEqual([
      'cn-grid-ets-2021',
      'cn-grid-ets-2022',
    ]);
    expect((await list({ search: '2006 natural gas' })).map(({ id }) => id)).toContain('ipcc-2006-natural-gas');
    expect((await list({ unconfirmed: true })).map(({ id }) => id)).not.toContain('cn-grid-ets-2022');
    expect((await list({ year: 2022, carrier: 'electricity' })).map(({ id }) => id)).toContain('cn-grid-ets-2022');
    expect(await list({ region: 'HK' })).toEqual([]);
  });

  it('supersedes a factor, keeps the old one, and old figures stay proved', async () => {
    const before = await emissions('cn-grid-ets-2022');
    const path = '/api/esg/factors/cn-grid-ets-2022/supersede';
    const body = { reason: 'corrected by the ministry', change: { value: '0.5704', document: 'Correction' } };
    expect((await test.call('POST', path, { body, as: 'operator' })).status).toBe(403);
    const { status, body: current } = await test.call('POST', path, { body });
    expect(status).toBe(201);
    expect(current).toMatchObject({ key: 'cn-grid-ets-2022@2', value: '0.5704', supersedes: 'cn-grid-ets-2022@1' });
    const { items } = (await test.call('GET', '/api/esg/factors/cn-grid-ets-2022/history')).body;
    expect(items).toMatchObject([
      { version: 2, reason: 'corrected by the ministry', addedBy: 'operator' },
      { version: 1, supersededBy: 'cn-grid-ets-2022@2', value: '0.5703' },
    ]);
    expect((await list({ search: 'cn-grid-ets-2022' })).map(({ key }) => key)).toEqual(['cn-grid-ets-2022@2']);
    expect(await verify(before.evidence)).toBe('proved');
    expect(before.exact).toBe('57.03');
    expect((await emissions('cn-grid-ets-2022')).exact).toBe('57.04');
    const old = await emissions('cn-grid-ets-2022@1');
    expect(old.exact).toBe('57.03');
    expect(old.result.warnings).toContainEqual(expect.objectContaining({ code: 'esg.factor-superseded' }));
    expect(await verify(old.evidence)).toBe('proved');
    const entries = (await test.call('GET', '/api/ledger/entries', { query: { type: 'esg.factor-supersede' } })).body;
    expect(entries.items[0].content).toMatchObject({ old: 'cn-grid-ets-2022@1', value: ['0.5703', '0.5704'] });
  });

  it('refuses to supersede twice, by the same, or by nonsense', async () => {
    const supersede = async (id: string, change: object) =>
      (await test.call('POST', `/api/esg/factors/${id}/supersede`, { body: { reason: 'why', change } })).body.error
        .code;
    expect(await supersede('cn-grid-ets-2022@1', { value: '1' })).toBe('ESG_FACTOR_SUPERSEDED');
    expect(await supersede('cn-grid-ets-2022', { value: '0.5704' })).toBe('ESG_FACTOR_UNCHANGED');
    expect(await supersede('cn-grid-ets-2022', { value: '-1' })).toBe('ESG_FACTOR_INVALID');
    expect(await supersede('nothing', { value: '1' })).toBe('ESG_FACTOR_UNKNOWN');
  });

  it('imports what fits and lists what does not; a preview changes nothing', async () => {
    const row =
      'hk-utility-2023,0.39,tCO2e/MWh,HK,supplier-specific,electricity,Utility,Report 2023 p. 4,read from the report,yes';
    const hash = await test.upload(
      `id,value,unit,region,family,carrier,publisher,document,confidence,confirmed\n${row}\n${row.replace('hk-utility', 'Bad Id')}\n${row.replace('hk-utility-2023', 'cn-grid-ets-2021')}\n`,
    );
    const load = async (more: object) =>
      (await test.call('POST', '/api/esg/factors/import', { body: { hash, fileName: 'hk.csv', ...more } })).body;
    const preview = await load({ preview: true });
    expect(preview).toMatchObject({
      accepted: ['hk-utility-2023@1'],
      rejected: [{ row: 3 }, { row: 4, id: 'cn-grid-ets-2021' }],
    });
    expect(await list({ region: 'hk' })).toEqual([]);
    expect(await load({})).toEqual(preview);
    expect((await list({ region: 'hk' })).map(({ key }) => key)).toEqual(['hk-utility-2023@1']);
    expect((await load({})).unchanged).toEqual([{ row: 2, id: 'hk-utility-2023' }]);
    const again = await load({ existing: 'supersede', reason: 'family was wrong' });
    expect(again.superseded).toEqual([{ row: 4, old: 'cn-grid-ets-2021@1', new: 'cn-grid-ets-2021@2' }]);
  });

  it('exports a CSV and a template', async () => {
    const csv = await test.call('GET', '/api/esg/factors.csv', { as: 'viewer' });
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body).toContain('hk-utility-2023,0.39,tCO2e/MWh');
    const template = await test.call('GET', '/api/esg/factors-template.xlsx');
    expect(template.status).toBe(200);
    expect(String(template.body).slice(0, 2)).toBe('PK');
  });
});
