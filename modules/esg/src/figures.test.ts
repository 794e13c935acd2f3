import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEsgPlant, type EsgPlant } from './test-plant.ts';

let test: EsgPlant;
beforeAll(async () => {
  test = await createEsgPlant();
});
afterAll(() => test.cleanup());

const verify = (id: string) => test.verify(id);
const upload = (content: object) => test.upload(content);

const electricity = { kind: 'electricity', id: 'office', quantity: '932.08', unit: 'MWh' };
const calculate = (line: object = {}, as?: 'viewer' | 'engineer') =>
  test.call('POST', '/api/esg/emissions', {
    body: { lines: [{ ...electricity, factor: 'cn-grid-ets-2022', ...line }] },
    as,
  });

/** Runs SQL on the factor table as someone with the database's password could. */
async function byHand(sql: string): Promise<void> {
  const { db } = test.database;
  await db.execute(`alter table esg_factor disable trigger user; ${sql}; alter table esg_factor enable trigger user`);
}

describe('emissions', () => {
  it('are exact, printed, and proved by running them again', async () => {
    const { status, body } = await calculate();
    expect(status).toBe(201);
    expect(body).toMatchObject({ tCO2e: 531.565224, exact: '531.565224', printed: '531.57' });
    expect(body.factor).toMatchObject({ id: 'cn-grid-ets-2022', version: 1, value: '0.5703', unit: 'tCO2/MWh' });
    expect(await verify(body.evidence)).toMatchObject({ status: 'proved', checked: 1 });
  });

  it('name the factor that was taken where none was given', async () => {
    const { body } = await test.call('POST', '/api/esg/emissions', { body: { lines: [electricity], year: 2023 } });
    expect(body.printed).toBe('531.57');
    expect(body.notes).toMatchObject([
      { code: 'esg.region-assumed', values: { region: 'CN' } },
      { code: 'esg.factor-default', values: { region: 'CN', factor: 'cn-grid-ets-2022' } },
    ]);
  });

  it('keep the calorific values that they were made with', async () => {
    const gas = { kind: 'fuel', id: 'boiler', fuel: 'natural-gas', quantity: '100', unit: 'm3' };
    const { body } = await test.call('POST', '/api/esg/emissions', { body: { lines: [gas] } });
    expect(body.exact).toBe('0.21840291');
    const { content } = (await test.call('GET', `/api/ledger/entries/${body.evidence}`)).body;
    expect(content.parameters.constants.netCalorificValues[0]).toMatchObject({ fuel: 'natural-gas' });
    expect((await verify(body.evidence)).status).toBe('proved');
  });

  it.each([
    [{ quantity: '-1' }, 422, 'ESG_ACTIVITY_NEGATIVE', /below zero/],
    [{ quantity: 'much' }, 400, 'REQUEST_INVALID', /decimal number/],
    [{ factor: 'cn-grid-ets-202' }, 404, 'ESG_FACTOR_UNKNOWN', /Near to it: cn-grid-ets-2021, cn-grid-ets-2022/],
    [{ unit: 'gallon' }, 422, 'ESG_UNIT_UNSUPPORTED', /gallon/],
  ])('of %j are refused with %i %s', async (line, status, code, message) => {
    const answer = await calculate(line);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('are for those who may make figures', async () => {
    expect((await calculate({}, 'viewer')).status).toBe(403);
    expect((await calculate({}, 'engineer')).status).toBe(201);
  });
});

describe('a factor that is changed by hand in the database', () => {
  it('is named by every proof that rests on it, and no longer used', async () => {
    const line = { factor: 'cn-grid-ets-2021' };
    const { body } = await calculate(line);
    const where = `where id = 'cn-grid-ets-2021'`;
    await byHand(`update esg_factor set content = replace(content, '0.5810', '0.0001') ${where}`);
    const result = await verify(body.evidence);
    expect(result.status).toBe('inputs changed');
    expect(result.changes![0]).toMatchObject({
      kind: 'factor',
      message: expect.stringMatching(/cn-grid-ets-2021@1 was changed.*was 0\.5810 and is 0\.0001/),
      places: [{ factor: 'cn-grid-ets-2021@1' }],
    });
    expect((await calculate(line)).body.error.code).toBe('ESG_FACTOR_ALTERED');
    await byHand(`update esg_factor set content = replace(content, '0.0001', '0.5810') ${where}`);
    expect((await verify(body.evidence)).status).toBe('proved');
  });

  it('is refused by the database unless its trigger is switched off', async () => {
    const { db } = test.database;
    for (const sql of [`update esg_factor set content = '{}'`, 'delete from esg_factor', 'truncate esg_factor'])
      await expect(db.query(sql)).rejects.toThrow('never changed or removed');
  });
});

/** Activity of a listed company's report; floor areas chosen to fit its printed intensities. */
const published = {
  reportingPeriod: { from: '2023-01-01', to: '2023-12-31' },
  environment: {
    floorAreaM2ForCheck: { '2023': 19000, '2022': 25000 },
    activity: {
      '2023': { electricityMWh: '932.08', waterTonnes: '2711' },
      '2022': { electricityMWh: '1029.03', waterTonnes: '2016' },
    },
  },
};
const printed = {
  '2023': {
    ghgTotal_tCO2e: '531.57',
    ghgScope2_tCO2e: '531.57',
    ghgIntensity_tCO2e_per_m2: '0.03',
    energyTotal_MWh: '932.08',
    energyIndirect_MWh: '932.08',
    energyIntensity_MWh_per_m2: '0.05',
    waterTotal_t: '2,711',
    waterIntensity_t_per_m2: '0.14',
  },
  '2022': {
    ghgTotal_tCO2e: '586.86',
    ghgScope2_tCO2e: '586.86',
    ghgIntensity_tCO2e_per_m2: '0.02',
    energyTotal_MWh: '1,029.03',
    energyIndirect_MWh: '1,029.03',
    energyIntensity_MWh_per_m2: '0.04',
    waterTotal_t: '2,016',
    waterIntensity_t_per_m2: '0.08',
  },
};

describe('the table of key figures from a file', () => {
  it('reproduces every printed cell and is proved from the file', async () => {
    const hash = await upload(published);
    const { status, body } = await test.call('POST', '/api/esg/kpi/file', { body: { hash, fileName: 'report.json' } });
    expect(status).toBe(201);
    expect(body.years).toEqual(printed);
    expect(await verify(body.evidence)).toMatchObject({ status: 'proved', checked: 2 });
  });

  it('takes the factor of the reporting year for the year before, and says what that restates', async () => {
    const year = (electricityMWh: string, factor: string) => ({ electricityMWh, factor });
    const hash = await upload({
      intensities: false,
      years: { 2023: year('932.08', 'cn-grid-ets-2022'), 2022: year('1029.03', 'cn-grid-ets-2021') },
    });
    const { body } = await test.call('POST', '/api/esg/kpi/file', {
      body: { hash, fileName: 'report.json', recalculatePreviousYearWith: 'current' },
    });
    expect(body.restatement).toMatchObject({ old: '597.86643', new: '586.855809', difference: '-11.010621' });
    expect(await verify(body.evidence)).toMatchObject({ status: 'proved', checked: 3 });
  });

  it('of a file that was never uploaded is refused', async () => {
    const { status, body } = await test.call('POST', '/api/esg/kpi/file', {
      body: { hash: '0'.repeat(64), fileName: 'none.json' },
    });
    expect(status).toBe(404);
    expect(body.error.code).toBe('ESG_UPLOAD_UNKNOWN');
  });
});
