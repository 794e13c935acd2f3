import { fixedClock } from '@millwright/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEsgPlant, type EsgPlant } from '../test-plant.ts';

const hour = 3_600_000;
const start = Date.parse('2023-01-01T00:00+08:00');
const days = { from: '2023-01-01', to: '2023-01-01' };

let plant: EsgPlant;
beforeAll(async () => {
  plant = await createEsgPlant(fixedClock('2024-03-01T00:00:00Z'));
  for (const [name, region] of [
    ['Qingdao', 'CN-SD'],
    ['Hamburg', 'DE'],
    ['Nowhere', null],
  ] as const) {
    const site = await plant.site(name, { region });
    await plant.fill(await plant.meter(site, { key: name }), start, hour, Array(25).fill(1000));
  }
});
afterAll(() => plant.cleanup());

const inventory = async (request: object) => (await plant.post('inventory', { ...days, ...request })).body;
const german = {
  ...{ id: 'de-grid-average-2022', value: '0.4', unit: 'tCO2/MWh', region: 'DE', family: 'statistical-average' },
  ...{ carrier: 'electricity', publisher: 'a made-up agency', document: 'for this test', confidence: 'made up' },
};

describe('electricity of several countries', () => {
  it('is calculated by the factor of its region, and stands without one where the library has none', async () => {
    const answer = await inventory({});
    expect(answer.result.totals.scope2Location).toBe('13.6872'); // 24 MWh × 0.5703
    expect(answer.result.incomplete).toEqual(['scope2Location', 'total', 'scope2Market', 'totalMarket']);
    const said = answer.result.warnings.map(({ code, values }: { code: string; values: object }) => [code, values]);
    const missing = { what: { term: 'carrier.electricity' }, amount: { amount: '24000', unit: 'kWh' } };
    expect(said).toContainEqual(['esg.factor-missing', { ...missing, region: 'DE', year: 2023 }]);
    expect(said).toContainEqual(['esg.region-missing', missing]);
    expect(answer.notes).toContainEqual(
      expect.objectContaining({
        code: 'esg.factor-default',
        values: { what: { term: 'carrier.electricity' }, region: 'CN-SD', factor: 'cn-grid-ets-2022' },
      }),
    );
    expect((await plant.verify(answer.evidence)).status).toBe('proved');
    const { items } = (await plant.call('GET', '/api/esg/figures')).body;
    expect(items[0]).toMatchObject({ id: answer.evidence, total: '13.6872', incomplete: true });
  });

  it('takes a named factor in its own country only, and the preferred family where a country has both', async () => {
    const named = await inventory({ sites: ['Qingdao', 'Hamburg'], factor: 'cn-grid-ets-2021' });
    expect(named.result.totals.scope2Location).toBe('13.944'); // 24 MWh × 0.5810
    expect(named.result.incomplete).toContain('total');
    expect(named.notes).toContainEqual(expect.objectContaining({ code: 'esg.factor-elsewhere' }));
    // Named and not used by any line: the proof still finds it.
    const alone = await inventory({ sites: ['Hamburg'], factor: 'cn-grid-ets-2021' });
    expect(alone.result.factors).toEqual([]);
    expect((await plant.verify(alone.evidence)).status).toBe('proved');
    const average = await inventory({ sites: ['Qingdao'], family: 'statistical-average' });
    expect(average.result.factors).toMatchObject([{ id: 'cn-grid-average-2023-north', subregion: 'North China' }]);
  });

  it('says in a table of key figures which of them lack something, and gives no change of those', async () => {
    const { body } = await plant.post('kpi', { year: 2023, sites: ['Hamburg'] });
    expect(body.incomplete['2023']).toEqual(['ghgTotal_tCO2e', 'ghgScope2_tCO2e']);
    expect(body.exact['2023']).toMatchObject({ ghgTotal_tCO2e: '0', energyTotal_MWh: '24' });
    expect(body.changes).not.toHaveProperty('ghgTotal_tCO2e');
    expect((await plant.verify(body.evidence)).status).toBe('proved');
  });

  it('becomes complete once the factor is imported, while the old figure stays as it was', async () => {
    const before = await inventory({ sites: ['Hamburg'] });
    const rows = [Object.keys(german), Object.values(german)].map((row) => row.join(',')).join('\n');
    const imported = await plant.post('factors/import', { hash: await plant.upload(rows), fileName: 'de.csv' });
    expect(imported.body.accepted).toEqual(['de-grid-average-2022@1']);
    const after = await inventory({ sites: ['Qingdao', 'Hamburg'] });
    expect(after.result.totals.scope2Location).toBe('23.2872'); // and 24 MWh × 0.4
    expect(after.result.incomplete).toEqual([]);
    for (const { evidence } of [before, after]) expect((await plant.verify(evidence)).status).toBe('proved');
  });

  it('restates what was missing of no country by the factor of another', async () => {
    const { evidence } = await inventory({ sites: ['Qingdao', 'Hamburg'] });
    const restated = await plant.post('restatements', { figure: evidence, factor: 'cn-grid-ets-2021', why: 'a test' });
    // Hamburg keeps its 9.6 t; Qingdao goes from 13.6872 to 13.944.
    expect(restated.body.figures[0].restatement).toMatchObject({ old: '23.2872', new: '23.544' });
  });

  it('is asked for in a single calculation of a site', async () => {
    const siteId = await plant.site('Lyon', { region: 'FR' });
    const line = { kind: 'electricity', id: 'office', quantity: '1', unit: 'MWh' };
    const answer = await plant.post('emissions', { lines: [line], year: 2023, siteId });
    expect(answer.body.error).toMatchObject({
      code: 'ESG_FACTOR_NONE_APPLIES',
      details: { what: 'electricity', region: 'FR', year: 2023, years: [] },
    });
  });
});

it('does not take electricity delivered to the grid off what was drawn from it', async () => {
  const site = await plant.site('Solar', { region: 'CN' });
  const meter = await plant.meter(site, { key: 'Solar', minimum: -1000 });
  // 00:00 to 12:00 drawn, then sent back: a net meter would say 6 × 100 kWh less.
  await plant.fill(meter, start, hour, [0, ...Array(18).fill(100), ...Array(6).fill(-100)]);
  const { result, notes } = await inventory({ sites: ['Solar'], factor: 'cn-grid-ets-2022' });
  expect(result.totals.scope2Location).toBe('1.02654'); // 1800 kWh × 0.5703
  expect(notes).toContainEqual(
    expect.objectContaining({
      code: 'esg.electricity-exported',
      values: { site: 'Solar', point: 'Solar', amount: { amount: '600', unit: 'kW.h' } },
    }),
  );
});

describe('a meter of steam by mass', () => {
  it('counts once someone says what steam it is; figures made before stay as they were', async () => {
    const site = await plant.site('Boiler', { region: 'CN' });
    const meter = await plant.meter(site, { key: 'Steam', unit: 'kg', carrier: 'steam', quantity: 'mass' });
    await plant.fill(meter, start, hour, Array(25).fill(500));
    const before = await inventory({ sites: ['Boiler'] });
    expect(before.result.lines[0]).toMatchObject({ status: 'incomplete', activity: { quantity: '12', unit: 't' } });
    const put = (id: string, steam: object) => plant.call('PUT', `/api/esg/steam-meters/${id}`, { body: steam });
    const stated = await put(meter.id, { gaugeMPa: '0.898675' });
    expect(stated.body).toMatchObject({ pointId: meter.id, enthalpy: { steam: '2777.12', feedWater: '83.74' } });
    const after = await inventory({ sites: ['Boiler'] });
    expect(after.result.totals.total).toBe('3.5552616'); // 12 t × 2.69338 GJ/t × 0.11 t/GJ
    await put(meter.id, { enthalpyKJPerKg: '2800' });
    for (const { evidence } of [before, after]) expect((await plant.verify(evidence)).status).toBe('proved');
    const { items } = (await plant.call('GET', '/api/esg/steam-meters')).body;
    expect(items).toMatchObject([{ steam: { enthalpyKJPerKg: '2800' }, statedBy: expect.any(String) }]);
  });

  it('is refused for what is no steam by mass, for steam that cannot be, and to who may only look', async () => {
    const site = await plant.site('Other', { region: 'CN' });
    const meter = await plant.meter(site, { key: 'Supply of Other' });
    const put = (body: object, as?: 'viewer') => plant.call('PUT', `/api/esg/steam-meters/${meter.id}`, { body, as });
    expect((await put({ gaugeMPa: '1' })).body.error.code).toBe('ESG_POINT_NOT_STEAM');
    expect((await put({ gaugeMPa: '30' })).status).toBe(400);
    expect((await put({ gaugeMPa: '1' }, 'viewer')).status).toBe(403);
  });
});
