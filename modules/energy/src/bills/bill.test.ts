import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlant, quarterMeter, type TestPlant } from '../test-plant.ts';

const quarter = 900_000;
const example = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../tariffs/${name}.json`, import.meta.url), 'utf8'));

/** A level July of 100 kW and 75 kvar lagging: the month whose bill tariff/cost.test.ts works out line by line. */
describe('tariffs and bills', () => {
  let plant: TestPlant;
  let [works, usageId, mainSource] = ['', '', ''];
  const july = { site: 'Works', from: '2024-07-01', to: '2024-08-01' };
  const start = Date.parse('2024-07-01T00:00+08:00');
  const tariff = example('example-cn-industrial');

  beforeAll(async () => {
    plant = await createTestPlant();
    works = await plant.site('Works', 'Asia/Shanghai');
    await plant.site('Depot', 'Asia/Shanghai');
    const { id, points } = await plant.source(works, 'main', [
      quarterMeter('Usage', { mainMeter: true }),
      quarterMeter('Lagging', { unit: 'kvar.h', quantity: 'reactive-energy-lagging' }),
    ]);
    mainSource = id;
    usageId = points[0]!.id;
    const count = 31 * 96;
    await plant.fill(points[0]!, start + quarter, quarter, Array<number>(count).fill(25));
    await plant.fill(points[1]!, start + quarter, quarter, Array<number>(count).fill(18.75));
    // A meter of a machine below the main meter is not billed again.
    const hall = await plant.node(works, 'area', 'Hall');
    const below = await plant.source(works, 'machine', [quarterMeter('Machine', { nodeId: hall })]);
    await plant.fill(below.points[0]!, start + quarter, quarter, Array<number>(96).fill(5));
  });
  afterAll(() => plant.cleanup());

  const post = (path: string, body: unknown, as?: 'viewer' | 'engineer') =>
    plant.call('POST', `/api/energy/${path}`, { body, ...(as && { as }) });
  const get = (path: string) => plant.call('GET', `/api/energy/${path}`);

  it('shows the examples, and says that their prices are made up', async () => {
    const { body } = await get('tariffs/examples');
    expect(body.items.map(({ content }: { content: { id: string } }) => content.id)).toEqual([
      'example-cn-industrial',
      'example-de-industrial',
    ]);
    expect(body.items[0].content).toMatchObject({ example: true, currency: 'CNY' });
  });

  it('refuses a tariff whose hours overlap or miss, with all of them', async () => {
    const wrong = structuredClone(tariff);
    wrong.seasons[0].days[0].hours[0].to = '09:00';
    wrong.seasons[0].days[0].hours[6].to = '23:00';
    const { status, body } = await post('tariffs', wrong);
    expect([status, body.error.code]).toEqual([422, 'ENERGY_TARIFF_INVALID']);
    const season = { season: 'summer', types: ['weekday', 'weekend', 'holiday'] };
    expect(body.error.details.problems).toMatchObject([
      { code: 'tariff.hours-twice', values: { ...season, from: '08:00', to: '09:00', periods: ['valley', 'peak'] } },
      { code: 'tariff.hours-missing', values: { ...season, from: '23:00', to: '24:00' } },
    ]);
    expect(body.error.message).toContain('weekday, weekend, holiday: 23:00 to 24:00 has no period');
  });

  it('asks for a tariff where none is assigned', async () => {
    const { status, body } = await post('bills', july);
    expect([status, body.error.code]).toEqual([422, 'ENERGY_TARIFF_UNASSIGNED']);
  });

  it('keeps every version, and refuses to change one', async () => {
    const added = await post('tariffs', tariff, 'engineer');
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ id: tariff.id, version: '1', supersededBy: null, currency: 'CNY' });
    expect((await post('tariffs', tariff)).body.sha256).toBe(added.body.sha256);
    const changed = { ...tariff, name: 'Other' };
    const taken = await post('tariffs', changed);
    expect([taken.status, taken.body.error.code]).toEqual([409, 'ENERGY_TARIFF_VERSION_TAKEN']);
    await post('tariffs', { ...changed, version: '2' });
    const { body } = await get('tariffs');
    expect(
      body.items.map(({ version, supersededBy }: { version: string; supersededBy: string }) => [version, supersededBy]),
    ).toEqual([
      ['1', '2'],
      ['2', null],
    ]);
    expect((await post('tariffs', tariff, 'viewer')).status).toBe(403);
    await expect(plant.database.db.query(`update energy_tariff set name = 'x'`)).rejects.toThrow(/never changed/);
  });

  it('bills the main meter by the tariff assigned to the site, to the last digit', async () => {
    const assigned = await post(`tariffs/${tariff.id}@1/assignments`, { siteId: works, validFrom: '2024-01-01' });
    expect(assigned.status).toBe(201);
    expect(assigned.body).toMatchObject({ site: { name: 'Works' }, source: null, tariff: { version: '1' } });
    expect((await get('tariffs/assignments')).body.items).toEqual([assigned.body]);
    const { status, body } = await post('bills', july);
    expect(status).toBe(200);
    // Energy 50858.60 (see cost.test.ts); demand 100 kW x 40; surcharges 74400 kWh x 0.0272; 5 % of energy and demand.
    expect(body).toMatchObject({
      currency: 'CNY',
      total: '59625.21',
      byComponent: { energy: '50858.6', demand: '4000', charges: '2023.68', reactive: '2742.93', tax: '0' },
      points: [{ name: 'Usage' }],
      tariffs: [{ id: tariff.id, version: '1', example: true }],
    });
    expect(body.byPeriod).toContainEqual({ period: 'valley', amount: 24_800, cost: '6448' });
    expect(body.months).toHaveLength(1);
    expect(body.months[0]).toMatchObject({ month: '2024-07', share: '1', coverage: 1, powerFactor: 0.8 });
  });

  it('bills each part of a period by the tariff that held then', async () => {
    const dearer = structuredClone(tariff);
    dearer.version = '3';
    dearer.charges[0].price = '0.0372';
    await post('tariffs', dearer);
    const { body: second } = await post(`tariffs/${tariff.id}/assignments`, { siteId: works, validFrom: '2024-07-11' });
    const { body } = await post('bills', july);
    expect(body.tariffs).toMatchObject([
      { version: '1', to: '2024-07-11T00:00:00+08:00' },
      { version: '3', from: '2024-07-11T00:00:00+08:00' },
    ]);
    // 24,000 kWh x 0.0272 + 50,400 kWh x 0.0372.
    expect(body.byComponent).toMatchObject({ energy: '50858.6', charges: '2527.68' });
    const removed = await plant.call('DELETE', `/api/energy/tariffs/assignments/${second.id}`);
    expect(removed.status).toBe(204);
    expect((await post('bills', july)).body.total).toBe('59625.21');
  });

  it('bills one source, by a tariff that is only tried', async () => {
    const { body } = await post('bills', { ...july, site: undefined, sourceId: mainSource, tariff: `${tariff.id}@3` });
    expect(body).toMatchObject({ source: { name: 'main' }, byComponent: { charges: '2767.68' } });
    const unknown = await post('bills', { ...july, tariff: 'nothing' });
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'ENERGY_TARIFF_UNKNOWN']);
    const depot = await post('bills', { ...july, site: 'Depot' });
    expect([depot.status, depot.body.error.code]).toEqual([404, 'ENERGY_CARRIER_UNMETERED']);
  });

  it('proves itself, and names point and hour when a reading is changed by hand', async () => {
    const { body: bill } = await post('bills', july);
    const verify = async () => (await plant.call('POST', `/api/ledger/entries/${bill.evidence}/verify`)).body;
    expect(await verify()).toMatchObject({ status: 'proved', checked: 2, method: { id: 'energy.bill', version: '2' } });
    const change = (value: number) =>
      plant.database.db.query(
        `update cloud_measurement m set value = $1 from cloud_point p where p.number = m.point and p.id = $2 and m.time = '2024-07-02T12:15+08:00'`,
        [value, usageId],
      );
    await change(26);
    const changed = await verify();
    expect(changed.status).toBe('inputs changed');
    expect(changed.changes[0].places).toEqual([{ point: 'Usage', pointId: usageId, hour: '2024-07-02T04:00:00.000Z' }]);
    await change(25);
    expect((await verify()).status).toBe('proved');
  });

  it('refuses who has no rights on the site', async () => {
    const as = { role: 'engineer' as const, siteIds: [] };
    expect((await plant.call('POST', '/api/energy/bills', { body: july, as })).status).toBe(403);
    const { status } = await plant.call('POST', `/api/energy/tariffs/${tariff.id}/assignments`, {
      body: { siteId: works, validFrom: '2024-01-01' },
      as,
    });
    expect(status).toBe(403);
  });
});
