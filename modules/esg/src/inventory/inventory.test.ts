import { fixedClock } from '@millwright/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEsgPlant, type EsgPlant } from '../test-plant.ts';

const hour = 3_600_000;
/** Two days of January 2023 on the clock of Shanghai. */
const start = Date.parse('2023-01-01T00:00+08:00');
const days = { from: '2023-01-01', to: '2023-01-02' };

let plant: EsgPlant;
let [works, office] = ['', ''];
let meterId = '';
beforeAll(async () => {
  plant = await createEsgPlant(fixedClock('2024-03-01T00:00:00Z'));
  works = await plant.site('Works', { floorAreaM2: 42_000 });
  office = await plant.site('Office');
  const meter = await plant.meter(works, { key: 'Supply' });
  meterId = meter.id;
  // The reading of 00:00 belongs to the day before, that of the last midnight to the second day.
  await plant.fill(meter, start, hour, Array(49).fill(12.5));
  const gas = await plant.meter(works, {
    ...{ key: 'Gas', unit: 'm3', kind: 'counter', carrier: 'natural-gas', quantity: 'volume' },
  });
  await plant.fill(
    gas,
    start,
    hour,
    Array.from({ length: 49 }, (_, index) => 1000 + index * 2),
  );
  await plant.fill(await plant.meter(works, { key: 'Line 1', mainMeter: false }), start, hour, Array(49).fill(7));
  const water = { key: 'Water', unit: 'm3', carrier: 'water', quantity: 'volume' };
  await plant.fill(await plant.meter(works, water), start, hour, Array(49).fill(0.5));
});
afterAll(() => plant.cleanup());

const inventory = async (request: object) =>
  (await plant.post('inventory', { factor: 'cn-grid-ets-2022', ...request })).body;

describe('the inventory of a site from its main meters', () => {
  it('adds up the readings of the period and traces every line to them', async () => {
    const answer = await inventory({ ...days, sites: ['Works'] });
    expect(answer.result.totals).toMatchObject({
      // 48 h × 12.5 kWh × 0.5703, and 96 m3 × 0.038931 GJ/m3 × 56.1 kg/GJ.
      scope2Location: '0.34218',
      scope1: '0.2096667936',
    });
    expect(answer.sources).toEqual([
      {
        line: '2023-01-01 to 2023-01-02 electricity 1 Works',
        site: 'Works',
        sources: [
          {
            kind: 'measurements',
            ...{ pointId: meterId, point: 'Supply', quantity: '600', unit: 'kW.h', readings: 48, coverage: 1 },
            ...{ from: '2022-12-31T16:00:00.000Z', to: '2023-01-02T16:00:00.000Z' },
          },
        ],
      },
      expect.objectContaining({ sources: [expect.objectContaining({ point: 'Gas', quantity: '96', unit: 'm3' })] }),
    ]);
    expect(answer.water).toEqual([
      { site: 'Works', sources: [expect.objectContaining({ quantity: '24', unit: 'm3' })] },
    ]);
    expect(await plant.verify(answer.evidence)).toMatchObject({ status: 'proved' });
  });

  it('is refused where no meter has readings and nothing was entered: a zero would be a statement', async () => {
    expect((await inventory({ year: 2019 })).error.code).toBe('ESG_ACTIVITY_MISSING');
    expect((await inventory({ from: '2023-02-01', to: '2023-01-01' })).error.code).toBe('ESG_PERIOD_INVALID');
    expect((await inventory({})).error.code).toBe('ESG_PERIOD_INVALID');
  });

  it('takes a lone meter for the supply, but not one of several, nor one of what the site makes itself', async () => {
    const site = await plant.site('Depot');
    await plant.fill(await plant.meter(site, { key: 'Depot', mainMeter: false }), start, hour, Array(49).fill(1));
    const alone = await inventory({ ...days, sites: ['Depot'] });
    expect(alone.sources[0].sources[0]).toMatchObject({ point: 'Depot', quantity: '48' });
    expect(alone.notes).toContainEqual(
      expect.objectContaining({
        code: 'esg.meter-alone',
        values: { site: 'Depot', point: 'Depot', what: { term: 'carrier.electricity' } },
      }),
    );
    const cooling = { key: 'Chiller', carrier: 'cooling', quantity: 'energy', mainMeter: false };
    await plant.fill(await plant.meter(site, cooling), start, hour, Array(49).fill(1));
    const made = await inventory({ ...days, sites: ['Depot'] });
    expect(made.result.totals).toEqual(alone.result.totals);
    expect(made.notes).toContainEqual(expect.objectContaining({ code: 'esg.heat-unmarked' }));
    await plant.meter(site, { key: 'Charger', mainMeter: false });
    expect((await inventory({ ...days, sites: ['Depot'] })).error.code).toBe('ESG_ACTIVITY_MISSING');
  });

  it('makes a table of two years of the same meter', async () => {
    const site = await plant.site('Yard', { floorAreaM2: 100 });
    const meter = await plant.meter(site, { key: 'Yard' });
    const newYear = Date.parse('2023-01-01T00:00+08:00');
    await plant.fill(meter, newYear - 99 * hour, hour, Array(100).fill(10));
    await plant.fill(meter, newYear + hour, hour, Array(50).fill(10));
    const { body } = await plant.post('kpi', { year: 2023, sites: ['Yard'], factor: 'cn-grid-ets-2022' });
    expect(body.exact['2022']).toMatchObject({ energyTotal_MWh: '1', ghgIntensity_tCO2e_per_m2: '0.005703' });
    expect(body.exact['2023']).toMatchObject({ energyTotal_MWh: '0.5', ghgTotal_tCO2e: '0.28515' });
    expect(body.notes).toContainEqual(
      expect.objectContaining({
        about: '2023',
        values: { site: 'Yard', point: 'Yard', share: { share: expect.closeTo(0.0057, 4) } },
      }),
    );
    expect((await plant.verify(body.evidence)).status).toBe('proved');
  });

  it('says how much of the period readings speak for', async () => {
    const { sources, notes } = await inventory({ from: '2023-01-01', to: '2023-01-04', sites: [works] });
    expect(sources[0].sources[0]).toMatchObject({ quantity: '600', coverage: 0.5 });
    expect(notes).toContainEqual(expect.objectContaining({ text: expect.stringMatching(/Supply speak for 50 %/) }));
  });

  it('names point and hour when one stored reading is changed', async () => {
    const { evidence } = await inventory({ ...days, sites: ['Works'] });
    const { db } = plant.database;
    const change = (from: number, to: number) =>
      db.query(
        `update cloud_measurement set value = $1 where time = '2023-01-01T13:00:00+08:00' and value = $2
           and point = (select number from cloud_point where id = $3)`,
        [to, from, meterId],
      );
    await change(12.5, 13.5);
    const result = await plant.verify(evidence);
    expect(result.status).toBe('inputs changed');
    expect(result.changes).toEqual([
      expect.objectContaining({
        kind: 'measurements',
        message: expect.stringMatching(/readings of Supply changed in the hour 2023-01-01 05:00/),
        places: [expect.objectContaining({ point: 'Supply', hour: '2023-01-01T05:00:00.000Z' })],
      }),
    ]);
    await change(13.5, 12.5);
    expect((await plant.verify(evidence)).status).toBe('proved');
  });

  it('stays proved when readings, statements and meters are added later', async () => {
    const { evidence } = await inventory({ ...days, sites: ['Works'] });
    const { body } = await plant.post('activity', {
      kind: 'electricity',
      siteId: works,
      year: 2023,
      month: 1,
      quantity: '3',
    });
    const later = await plant.meter(works, { key: 'Supply 2' });
    await plant.fill(later, start, hour, Array(49).fill(1));
    expect((await plant.verify(evidence)).status).toBe('proved');
    expect((await plant.post(`activity/${body.id}/withdraw`, { reason: 'only for the test' })).status).toBe(204);
    expect((await inventory({ ...days, sites: ['Works'] })).notes).toContainEqual(
      expect.objectContaining({ text: expect.stringContaining('2 main meters of electricity') }),
    );
  });
});

describe('the inventory from statements', () => {
  it('takes what was entered, names its document, and leaves the meter unread', async () => {
    const hash = await plant.upload('the bill');
    const bill = {
      kind: 'electricity',
      siteId: office,
      year: 2022,
      quantity: '1029.03',
      document: { hash, name: 'bill.pdf' },
    };
    const { status, body } = await plant.post('activity', bill, 'operator');
    expect(status).toBe(201);
    expect(body).toMatchObject({ statement: { place: 'Office', unit: 'MWh' }, enteredBy: 'test operator' });
    const answer = await inventory({ year: 2022, sites: ['Office'] });
    expect(answer.result.printed.total).toBe('586.86');
    expect(answer.sources[0].sources).toEqual([
      { kind: 'activity', id: body.id, quantity: '1029.03', unit: 'MWh', document: hash },
    ]);
    expect((await plant.verify(answer.evidence)).status).toBe('proved');
  });

  it('keeps the old statement when it is corrected, and old figures stay proved', async () => {
    const before = await inventory({ year: 2022, sites: ['Office'] });
    const { items } = (await plant.call('GET', '/api/esg/activity', { query: { year: 2022 } })).body;
    const { document: _, place: __, ...statement } = items[0].statement;
    const correction = { reason: 'the bill was read wrongly', entry: { ...statement, quantity: '1030' } };
    expect((await plant.post(`activity/${items[0].id}/correct`, correction)).status).toBe(201);
    expect((await plant.post(`activity/${items[0].id}/correct`, correction)).body.error.code).toBe('ESG_ACTIVITY_GONE');
    expect((await inventory({ year: 2022, sites: ['Office'] })).result.totals.total).toBe('587.409');
    expect((await plant.verify(before.evidence)).status).toBe('proved');
    const all = (await plant.call('GET', '/api/esg/activity', { query: { year: 2022, all: true } })).body.items;
    expect(all.map(({ statement: { quantity } }: { statement: { quantity: string } }) => quantity)).toEqual([
      '1029.03',
      '1030',
    ]);
  });

  it('names a statement that was changed by hand', async () => {
    const { evidence } = await inventory({ year: 2022, sites: ['Office'] });
    await plant.database.db.execute(
      `alter table esg_activity disable trigger user; update esg_activity set content = replace(content, '"1030"', '"103"');
       alter table esg_activity enable trigger user`,
    );
    const { status, changes } = await plant.verify(evidence);
    expect(status).toBe('inputs changed');
    expect(changes![0]!.message).toMatch(/it said electricity of Office 2022: 1030 MWh and says .* 103 MWh/);
    expect((await inventory({ year: 2022 })).error.code).toBe('ESG_ACTIVITY_ALTERED');
    await plant.database.db.execute(
      `alter table esg_activity disable trigger user; update esg_activity set content = replace(content, '"103"', '"1030"');
       alter table esg_activity enable trigger user`,
    );
  });

  it('refuses what no calculation could use', async () => {
    const enter = async (entry: object) =>
      (await plant.post('activity', { siteId: office, year: 2023, ...entry })).body.error?.code;
    expect(await enter({ kind: 'electricity', quantity: '-1' })).toBe('ESG_ACTIVITY_NEGATIVE');
    expect(await enter({ kind: 'electricity', quantity: '1', unit: 'L' })).toBe('ESG_UNIT_UNSUPPORTED');
    expect(await enter({ kind: 'fuel', fuel: 'gas-diesel-oil', quantity: '1', unit: 'L' })).toBe('ESG_DENSITY_MISSING');
    expect(await enter({ kind: 'heat', quantity: '1', factor: 'nothing' })).toBe('ESG_FACTOR_UNKNOWN');
    expect(await enter({ kind: 'water', quantity: '-2' })).toBe('ESG_ACTIVITY_NEGATIVE');
    const document = { hash: '0'.repeat(64), name: 'none.pdf' };
    expect(await enter({ kind: 'water', quantity: '2', document })).toBe('ESG_UPLOAD_UNKNOWN');
  });

  it('shows and takes nothing of a site that the caller has no rights on', async () => {
    const as = { role: 'engineer' as const, siteIds: [works] };
    const entry = { kind: 'water', siteId: office, year: 2021, quantity: '1' };
    expect((await plant.post('activity', entry, as)).status).toBe(403);
    expect((await plant.post('activity', { ...entry, siteId: undefined, place: 'Elsewhere' }, as)).status).toBe(403);
    expect((await plant.post('inventory', { year: 2022, sites: ['Office'] }, as)).status).toBe(403);
    expect((await plant.call('GET', '/api/esg/activity', { as })).body.items).toEqual([]);
    expect((await plant.post('inventory', { year: 2022 }, 'operator')).status).toBe(403);
  });
});

describe('certificates', () => {
  const certificate = (facts: object) => ({
    ...{ certificate: 'GEC-1', MWh: '100', registry: 'CN-GEC', vintage: 2022, region: 'CN', year: 2022, siteId: '' },
    ...facts,
  });

  it('count as zero only with a stored document', async () => {
    const bare = await plant.post('certificates', certificate({ siteId: office, certificate: 'GEC-2' }));
    expect(bare.status).toBe(201);
    const claimed = await inventory({ year: 2022, sites: ['Office'] });
    expect(claimed.result).toMatchObject({ unsupportedMWh: '100', totals: { scope2Market: '587.409' } });
    expect((await plant.post(`certificates/${bare.body.id}/withdraw`, { reason: 'no document' })).status).toBe(204);

    const document = { hash: await plant.upload('certificate'), name: 'GEC-1.pdf' };
    await plant.post('certificates', certificate({ siteId: office, document }));
    const covered = await inventory({ year: 2022, sites: ['Office'] });
    // (1030 - 100) MWh × 0.5703
    expect(covered.result.totals).toMatchObject({ scope2Location: '587.409', scope2Market: '530.379' });
    expect((await plant.verify(covered.evidence)).status).toBe('proved');
    expect((await plant.verify(claimed.evidence)).status).toBe('proved');
  });

  it('are registered once, and left out where they cover more than was used', async () => {
    expect((await plant.post('certificates', certificate({ siteId: office }))).body.error.code).toBe(
      'ESG_CERTIFICATE_REGISTERED',
    );
    await plant.post('certificates', certificate({ siteId: office, certificate: 'GEC-3', MWh: '5000' }));
    const { notes, result } = await inventory({ year: 2022, sites: ['Office'] });
    expect(notes).toContainEqual(
      expect.objectContaining({
        values: { certificate: 'GEC-3', amount: { amount: '5000', unit: 'MWh' }, site: 'Office' },
      }),
    );
    expect(result.totals.scope2Market).toBe('530.379');
    expect((await plant.call('GET', '/api/esg/certificates', { query: { year: 2022 } })).body.items).toHaveLength(2);
  });
});
