import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEsgPlant, type EsgPlant } from '../test-plant.ts';

let plant: EsgPlant;
beforeAll(async () => {
  plant = await createEsgPlant();
  const file = {
    years: {
      2023: { electricityMWh: '932.08', waterTonnes: '2711', floorAreaM2: '19000' },
      2022: { electricityMWh: '1029.03', waterTonnes: '2016', floorAreaM2: '25000' },
    },
  };
  const answer = await plant.post('activity/import', { hash: await plant.upload(file), fileName: 'activity.json' });
  expect(answer.body).toMatchObject({ entries: 6, years: [2022, 2023], places: ['Organisation'] });
});
afterAll(() => plant.cleanup());

const restate = async (body: object) =>
  (await plant.post('restatements', { why: 'the ministry corrected it', ...body })).body;
const line = { kind: 'electricity', id: 'office', quantity: '100', unit: 'MWh', factor: 'cn-grid-ets-2022' };

describe('the table of key figures from the database', () => {
  it('says the same as from the file that was imported', async () => {
    const { status, body } = await plant.post('kpi', { year: 2023, factor: 'cn-grid-ets-2022' });
    expect(status).toBe(201);
    expect(body.years).toEqual({
      2023: {
        ...{ ghgTotal_tCO2e: '531.57', ghgScope2_tCO2e: '531.57', ghgIntensity_tCO2e_per_m2: '0.03' },
        ...{ energyTotal_MWh: '932.08', energyIndirect_MWh: '932.08', energyIntensity_MWh_per_m2: '0.05' },
        ...{ waterTotal_t: '2,711', waterIntensity_t_per_m2: '0.14' },
      },
      2022: {
        ...{ ghgTotal_tCO2e: '586.86', ghgScope2_tCO2e: '586.86', ghgIntensity_tCO2e_per_m2: '0.02' },
        ...{ energyTotal_MWh: '1,029.03', energyIndirect_MWh: '1,029.03', energyIntensity_MWh_per_m2: '0.04' },
        ...{ waterTotal_t: '2,016', waterIntensity_t_per_m2: '0.08' },
      },
    });
    expect(await plant.verify(body.evidence)).toMatchObject({ status: 'proved' });
  });

  it('of a year without data is refused, as is a second import of the file', async () => {
    expect((await plant.post('kpi', { year: 2001 })).body.error.code).toBe('ESG_ACTIVITY_MISSING');
    const { items } = (await plant.call('GET', '/api/esg/activity')).body;
    const again = await plant.post('activity/import', { hash: items[0].importHash, fileName: 'activity.json' });
    expect(again.body.error.code).toBe('ESG_FILE_IMPORTED_ALREADY');
  });
});

describe('a restatement', () => {
  it('says old, new, difference and why, and both findings verify', async () => {
    const old = (await plant.post('emissions', { lines: [line] })).body.evidence;
    const answer = await restate({ figure: old, factor: 'cn-grid-ets-2021' });
    expect(answer).toMatchObject({ original: old, why: 'the ministry corrected it' });
    expect(answer.figures).toEqual([
      {
        label: 'total',
        restatement: expect.objectContaining({
          ...{ old: '57.03', new: '58.1', difference: '1.07', percent: '1.88%', familyChanged: false },
          factorOld: [expect.objectContaining({ id: 'cn-grid-ets-2022' })],
          factorNew: [expect.objectContaining({ id: 'cn-grid-ets-2021' })],
        }),
      },
    ]);
    expect((await plant.verify(old)).status).toBe('proved');
    expect((await plant.verify(answer.id)).status).toBe('proved');
    const listed = (await plant.call('GET', '/api/esg/restatements', { query: { figure: old }, as: 'auditor' })).body;
    expect(listed.items.map(({ id }: { id: string }) => id)).toEqual([answer.id]);
  });

  it('is itself restated, by a version that superseded', async () => {
    const old = (await plant.post('emissions', { lines: [line] })).body.evidence;
    const first = await restate({ figure: old, factor: 'cn-grid-ets-2021' });
    const change = { value: '0.6', document: 'Correction' };
    await plant.post('factors/cn-grid-ets-2021/supersede', { reason: 'correction', change });
    const second = await restate({ figure: first.id, replace: { 'cn-grid-ets-2021': 'cn-grid-ets-2021' } });
    expect(second.figures[0].restatement).toMatchObject({ old: '58.1', new: '60' });
    for (const id of [old, first.id, second.id]) expect((await plant.verify(id)).status).toBe('proved');
  });

  it('of a table restates each year, also where the factor was chosen by default', async () => {
    const table = (await plant.post('kpi', { year: 2023 })).body;
    const answer = await restate({ figure: table.evidence, replace: { 'cn-grid-ets-2022': 'cn-grid-average-2022' } });
    const labels = answer.figures.map(({ label }: { label: string }) => label).sort();
    expect(labels).toEqual(['2022', '2023']);
    expect(answer.figures[0].restatement.familyChanged).toBe(true);
    expect((await plant.verify(answer.id)).status).toBe('proved');
  });

  it('of an inventory reads what was chosen then', async () => {
    const { evidence } = (await plant.post('inventory', { year: 2022 })).body;
    const answer = await restate({ figure: evidence, factor: 'cn-grid-ets-2021@1' });
    expect(answer.figures[0].restatement).toMatchObject({ old: '586.855809', new: '597.86643' });
    expect((await plant.verify(answer.id)).status).toBe('proved');
    expect((await plant.verify(evidence)).status).toBe('proved');
  });

  it('that would change nothing, or of no figure, is refused', async () => {
    const figure = (await plant.post('emissions', { lines: [line] })).body.evidence;
    const code = async (body: object) => (await restate(body)).error?.code;
    expect(await code({ figure, factor: 'cn-grid-ets-2022' })).toBe('ESG_RESTATEMENT_UNCHANGED');
    expect(await code({ figure, replace: { 'cn-grid-average-2021': 'cn-grid-ets-2021' } })).toBe(
      'ESG_RESTATEMENT_UNCHANGED',
    );
    expect(await code({ figure, factor: 'nothing' })).toBe('ESG_FACTOR_UNKNOWN');
    const [seed] = (await plant.call('GET', '/api/ledger/entries', { query: { type: 'esg.factors-seed' } })).body.items;
    expect(await code({ figure: seed.id, factor: 'cn-grid-ets-2021' })).toBe('ESG_FIGURE_UNSUITABLE');
    expect((await plant.post('restatements', { figure, factor: 'x', why: 'y' }, 'viewer')).status).toBe(403);
  });
});

describe('the list of figures', () => {
  it('has every figure with its total, newest first', async () => {
    const { items } = (await plant.call('GET', '/api/esg/figures', { as: 'auditor' })).body;
    expect(new Set(items.map(({ type }: { type: string }) => type))).toEqual(
      new Set(['esg.emissions', 'esg.inventory', 'esg.kpi']),
    );
    expect(items.at(-1)).toMatchObject({ type: 'esg.kpi', label: '2023', total: '531.565224', by: 'operator' });
  });
});
