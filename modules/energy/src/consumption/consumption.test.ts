import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlant, quarterMeter, type TestPlant } from '../test-plant.ts';

const quarter = 900_000;
const hour = 4 * quarter;

/**
 * Two days, 31 January and 1 February, level: 100 kW at the main meter; below it, in a hall without a
 * meter, line A with 40 kW on a register, of which a press uses 10 kW, and area B with 30 kW. So 30 kW are unmetered at the site and 30 kW in line A.
 */
describe('consumption over the tree of meters', () => {
  let plant: TestPlant;
  let [works, hall, line, press, area, mainId, pressMeter] = ['', '', '', '', '', '', ''];
  const start = Date.parse('2024-01-31T00:00+08:00');
  const period = { site: 'Works', from: '2024-01-31', to: '2024-02-02' };

  beforeAll(async () => {
    plant = await createTestPlant();
    works = await plant.site('Works', 'Asia/Shanghai');
    hall = await plant.node(works, 'area', 'Hall');
    line = await plant.node(hall, 'line', 'Line A');
    press = await plant.node(line, 'asset', 'Press');
    area = await plant.node(works, 'area', 'Area B');
    const { points } = await plant.source(works, 'meters', [
      quarterMeter('Main', { mainMeter: true }),
      quarterMeter('A', { nodeId: line, kind: 'counter', unit: 'MW.h', intervalSeconds: 3600 }),
      quarterMeter('Press', { nodeId: press }),
      quarterMeter('B', { nodeId: area }),
      quarterMeter('Town water', { unit: 'm3', carrier: 'water', quantity: 'volume', intervalSeconds: 3600 }),
      quarterMeter('Output', {
        ...{ nodeId: line, unit: 't', carrier: null, quantity: 'production', intervalSeconds: 3600 },
      }),
    ]);
    const [main, a, pressPoint, b, water, output] = points;
    mainId = main!.id;
    pressMeter = pressPoint!.id;
    const level = (kW: number) => Array<number>(192).fill(kW / 4);
    await plant.fill(main!, start + quarter, quarter, level(100));
    // A register shows the end of every hour; the first reading is where it begins.
    await plant.fill(
      a!,
      start,
      hour,
      Array.from({ length: 49 }, (_, index) => 5 + index * 0.04),
    );
    await plant.fill(pressPoint!, start + quarter, quarter, level(10));
    await plant.fill(b!, start + quarter, quarter, level(30));
    await plant.fill(water!, start + hour, hour, Array<number>(48).fill(2));
    await plant.fill(output!, start + hour, hour, Array<number>(48).fill(4));
  });
  afterAll(() => plant.cleanup());

  const ask = (path: string, query: Record<string, unknown>, as?: 'nobody') =>
    plant.call('GET', `/api/energy/${path}`, { query, ...(as && { as }) });
  const nodesOf = (carrier: { nodes: { id: string; value: number; unmetered: number; submetered: number }[] }) =>
    new Map(carrier.nodes.map((node) => [node.id, node]));

  it('counts the main meter and not the meters below it again, and says what is unmetered', async () => {
    const { status, body } = await ask('consumption', period);
    expect(status).toBe(200);
    expect(body.carriers.map(({ carrier }: { carrier: string }) => carrier)).toEqual(['electricity', 'water']);
    const [electricity, water] = body.carriers;
    expect(electricity).toMatchObject({ unit: 'kW.h', errors: [], unknown: [], unconverted: [] });
    expect(electricity.total).toBeCloseTo(4800, 6);
    expect(electricity.coverage).toBeCloseTo(1, 6);
    const nodes = nodesOf(electricity);
    expect(nodes.get(works)!.submetered).toBeCloseTo(3360, 6);
    expect(nodes.get(works)!.unmetered).toBeCloseTo(1440, 6);
    expect(nodes.get(line)!.value).toBeCloseTo(1920, 6);
    expect(nodes.get(line)!.unmetered).toBeCloseTo(1440, 6);
    expect(nodes.get(press)!.value).toBeCloseTo(480, 6);
    expect(nodes.get(area)!.value).toBeCloseTo(1440, 6);
    expect(nodes.get(hall)).toMatchObject({ derived: true, meterIds: [] });
    expect(nodes.get(hall)!.value).toBeCloseTo(1920, 6);
    expect(electricity.unmetered).toBeCloseTo(2880, 6);
    expect(water).toMatchObject({ unit: 'm3', total: 96 });
  });

  it('gives the totals by local day, month and hour, which add up to the total', async () => {
    const series = async (by: string) => {
      const { body } = await ask('consumption', { ...period, carrier: 'electricity', by });
      return body.carriers[0].series as { key: string; value: number }[];
    };
    expect(await series('day')).toEqual([
      { key: '2024-01-31', value: 2400 },
      { key: '2024-02-01', value: 2400 },
    ]);
    expect(await series('month')).toEqual([
      { key: '2024-01', value: 2400 },
      { key: '2024-02', value: 2400 },
    ]);
    const hours = await series('hour');
    expect(hours).toHaveLength(48);
    expect(hours[0]).toEqual({ key: '2024-01-31T00:00:00+08:00', value: 100 });
  });

  it('puts the last reading of a register’s day into that day', async () => {
    const { body } = await ask('consumption', { nodeId: line, from: '2024-01-31', to: '2024-02-02', by: 'day' });
    const series = body.carriers[0].series as { key: string; value: number }[];
    expect(series.map(({ key }) => key)).toEqual(['2024-01-31', '2024-02-01']);
    for (const { value } of series) expect(value).toBeCloseTo(960, 6);
  });

  it('compares with the period before and the year before', async () => {
    const day = { carrier: 'electricity', compare: true, from: '2024-02-01', to: '2024-02-02' };
    const { body } = await ask('consumption', { ...day, nodeId: area });
    const { comparison } = body.carriers[0];
    expect(comparison.before).toMatchObject({
      current: 720,
      reference: 720,
      change: 0,
      rule: 'days',
      comparable: true,
    });
    expect(comparison.lastYear).toMatchObject({ reference: null, change: null, comparable: false });
  });

  it('draws the flow from supply to use', async () => {
    const { body } = await ask('sankey', { ...period, carrier: 'electricity' });
    expect(body.supply).toBeCloseTo(4800, 6);
    const flows = body.links.map(({ source, target, value }: { source: string; target: string; value: number }) => ({
      ...{ source, target, value: Math.round(value) },
    }));
    expect(flows).toEqual(
      expect.arrayContaining([
        { source: works, target: hall, value: 1920 },
        { source: hall, target: line, value: 1920 },
        { source: works, target: area, value: 1440 },
        { source: line, target: press, value: 480 },
      ]),
    );
    expect(flows).toHaveLength(6);
    const { status, body: none } = await ask('sankey', { ...period, carrier: 'steam' });
    expect([status, none.error.code]).toEqual([404, 'ENERGY_CARRIER_UNMETERED']);
  });

  it('shows the demand of a part of the plant', async () => {
    const { body } = await ask('profile', { ...period, interval: '1h' });
    expect(body).toMatchObject({
      ...{ points: [{ id: mainId, name: 'Main' }], carrier: 'electricity', interval: '1h', coverage: 1, unit: 'kW' },
      ...{ consumption: { value: 4800, unit: 'kW.h' }, peak: { kW: 100 }, loadFactor: 1, baseLoad: { value: 100 } },
    });
    expect(body.curve).toMatchObject({ stepMinutes: 60, from: '2024-01-31T00:00:00+08:00' });
    expect(body.curve.mean).toEqual(Array(48).fill(100));
    const meter = await ask('profile', { ...period, pointId: pressMeter });
    expect(meter.body).toMatchObject({ interval: '15m', consumption: { value: 480 }, peak: { kW: 10 } });
  });

  it('shows a heat map by local day and hour', async () => {
    const { body } = await ask('heat-map', period);
    expect(body.unit).toBe('kW');
    expect(body.rows.map(({ date, weekday }: { date: string; weekday: number }) => [date, weekday])).toEqual([
      ['2024-01-31', 3],
      ['2024-02-01', 4],
    ]);
    for (const { hours } of body.rows) expect(hours).toEqual(Array(24).fill(100));
  });

  it('divides energy by production, and records it when asked', async () => {
    const query = { ...period, site: undefined, nodeId: line, carrier: 'electricity', by: 'day' };
    const { body } = await ask('specific', query);
    expect(body).toMatchObject({ unit: 'kW.h/t', production: 192, coverage: 1, productionPoint: { name: 'Output' } });
    expect(body.value).toBeCloseTo(10, 9); // 40 kW over 4 t/h
    expect(body.series).toHaveLength(2);
    expect(body.evidence).toBeUndefined();
    const recorded = await plant.call('POST', '/api/energy/specific', { body: query });
    expect(recorded.body.value).toBe(body.value);
    const { body: verified } = await plant.call('POST', `/api/ledger/entries/${recorded.body.evidence}/verify`);
    expect(verified.status).toBe('proved');
    const none = await ask('specific', { ...query, nodeId: area });
    expect([none.status, none.body.error.code]).toEqual([404, 'ENERGY_POINT_MISSING']);
  });

  it('proves the totals from every reading, and names the point and hour of a changed one', async () => {
    const { body } = await plant.call('POST', '/api/energy/consumption', {
      body: { ...period, carrier: 'electricity' },
    });
    expect(body.carriers[0].total).toBeCloseTo(4800, 6);
    const verify = async () => (await plant.call('POST', `/api/ledger/entries/${body.evidence}/verify`)).body;
    expect(await verify()).toMatchObject({ status: 'proved', checked: 4 });
    const change = (value: number) =>
      plant.database.db.query(
        `update cloud_measurement m set value = $1 from cloud_point p where p.number = m.point and p.id = $2 and m.time = '2024-02-01T09:15+08:00'`,
        [value, pressMeter],
      );
    await change(3);
    const changed = await verify();
    expect(changed.status).toBe('inputs changed');
    expect(changed.changes[0].places).toEqual([
      { point: 'Press', pointId: pressMeter, hour: '2024-02-01T01:00:00.000Z' },
    ]);
    await change(2.5);
  });

  it('asks for a part of the plant, and refuses strangers', async () => {
    const { from, to } = period;
    const { status, body } = await ask('consumption', { from, to });
    expect([status, body.error.code]).toEqual([400, 'ENERGY_PART_NOT_SAID']);
    expect((await ask('consumption', period, 'nobody')).status).toBe(401);
  });
});
