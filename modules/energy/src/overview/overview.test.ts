import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlant, quarterMeter, type TestPlant } from '../test-plant.ts';
import { overviewPeriods } from './overview-periods.ts';

const hour = 3_600_000;

describe('overviewPeriods', () => {
  const iso = (period: { from: number; to: number } | null) =>
    period && [new Date(period.from).toISOString(), new Date(period.to).toISOString()];

  it('should have no days that are over on the first of a month', () => {
    const periods = overviewPeriods(Date.parse('2024-03-01T09:00Z'), 'Etc/UTC');
    expect(periods.over).toBeNull();
    expect(periods.overReferences).toEqual([]);
    expect(iso(periods.yesterday)).toEqual(['2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z']);
    expect(iso(periods.sameMonthLastYear)).toEqual(['2023-03-01T00:00:00.000Z', '2023-04-01T00:00:00.000Z']);
  });

  it('should not reach beyond a shorter month', () => {
    const { overReferences } = overviewPeriods(Date.parse('2023-03-31T09:00Z'), 'Etc/UTC');
    expect(iso(overReferences[0]!)).toEqual(['2023-02-01T00:00:00.000Z', '2023-03-01T00:00:00.000Z']);
    expect(iso(overReferences[1]!)).toEqual(['2022-03-01T00:00:00.000Z', '2022-03-31T00:00:00.000Z']);
  });

  it('should take local days', () => {
    const { thisMonth } = overviewPeriods(Date.parse('2024-04-30T18:00Z'), 'Asia/Shanghai');
    expect(iso(thisMonth)).toEqual(['2024-04-30T16:00:00.000Z', '2024-05-01T16:00:00.000Z']);
  });
});

describe('the overview', () => {
  let plant: TestPlant;
  let works = '';

  beforeAll(async () => {
    const now = new Date('2024-07-11T12:00+08:00');
    plant = await createTestPlant({ clock: { now: () => now } });
    works = await plant.site('Works', 'Asia/Shanghai');
    await plant.site('Empty', 'Asia/Shanghai');
    const press = await plant.node(works, 'asset', 'Press');
    const oven = await plant.node(works, 'asset', 'Oven');
    const { points } = await plant.source(works, 'meters', [
      quarterMeter('Main', { mainMeter: true, intervalSeconds: 3600 }),
      quarterMeter('Press', { nodeId: press, intervalSeconds: 3600 }),
      quarterMeter('Oven', { nodeId: oven, intervalSeconds: 3600 }),
    ]);
    const [main, pressMeter, ovenMeter] = points;
    // 120 kW this July, 100 kW last June and 80 kW last July.
    const level = (from: string, hours: number, kW: number) =>
      plant.fill(main!, Date.parse(from) + hour, hour, Array<number>(hours).fill(kW));
    await level('2023-07-01T00:00+08:00', 31 * 24, 80);
    await level('2024-06-01T00:00+08:00', 30 * 24, 100);
    await level('2024-07-01T00:00+08:00', 10 * 24 + 12, 120);
    const july = Date.parse('2024-07-01T00:00+08:00') + hour;
    await plant.fill(pressMeter!, july, hour, Array<number>(252).fill(12));
    await plant.fill(ovenMeter!, july, hour, Array<number>(252).fill(60));
  });
  afterAll(() => plant.cleanup());

  it('holds this month against the month and the year before, day for day', async () => {
    const { status, body } = await plant.call('GET', '/api/energy/overview');
    expect(status).toBe(200);
    const { carriers, site } = body.sites.find((one: { site: { id: string } }) => one.site.id === works);
    expect(site).toMatchObject({ name: 'Works', timezone: 'Asia/Shanghai' });
    const [electricity] = carriers;
    expect(electricity).toMatchObject({
      ...{ carrier: 'electricity', unit: 'kW.h' },
      thisMonth: { from: '2024-07-01T00:00:00+08:00', to: '2024-07-11T12:00:00+08:00', value: 252 * 120, coverage: 1 },
      lastMonth: { value: 720 * 100, coverage: 1 },
      sameMonthLastYear: { from: '2023-07-01T00:00:00+08:00', value: 744 * 80 },
      yesterday: { from: '2024-07-10T00:00:00+08:00', value: 24 * 120 },
    });
    const { lastMonth, lastYear, yesterday } = electricity.comparisons;
    expect(lastMonth).toMatchObject({ rule: 'same-dates', current: 28_800, reference: 24_000, comparable: true });
    expect(lastMonth.change).toBeCloseTo(0.2, 12);
    expect(lastYear).toMatchObject({ from: '2023-07-01T00:00:00+08:00', reference: 19_200, change: 0.5 });
    expect(yesterday).toMatchObject({ reference: 2880, change: 0 });
  });

  it('has this month day by day, today as far as it has come', async () => {
    const { body } = await plant.call('GET', '/api/energy/overview');
    const { days } = body.sites.find((one: { site: { id: string } }) => one.site.id === works).carriers[0];
    expect(days).toHaveLength(11);
    expect(days[0]).toEqual({ key: '2024-07-01', value: 24 * 120 });
    expect(days[10]).toEqual({ key: '2024-07-11', value: 12 * 120 });
  });

  it('compares a meter that is read faster by now than it was', async () => {
    const fast = await plant.site('Fast', 'Asia/Shanghai');
    const { points } = await plant.source(fast, 'fast', [
      quarterMeter('Feeder', { mainMeter: true, intervalSeconds: 60 }),
      quarterMeter('Register', {
        kind: 'counter',
        unit: 'm3',
        carrier: 'water',
        quantity: 'volume',
        intervalSeconds: 60,
      }),
    ]);
    const [feeder, register] = points;
    const quarters = 10 * 96;
    for (const [from, kW] of [
      ['2023-07-01T00:00+08:00', 80],
      ['2024-06-01T00:00+08:00', 100],
    ] as const)
      await plant.fill(feeder!, Date.parse(from) + hour / 4, hour / 4, Array<number>(quarters).fill(kW / 4));
    const minutes = 10 * 1440;
    await plant.fill(feeder!, Date.parse('2024-07-01T00:01+08:00'), hour / 60, Array<number>(minutes).fill(2));
    const rising = (count: number, by: number, from = 0) =>
      Array.from({ length: count }, (_, step) => from + step * by);
    await plant.fill(register!, Date.parse('2024-06-01T00:00+08:00'), hour / 4, rising(30 * 96 + 1, 1));
    await plant.fill(register!, Date.parse('2024-07-01T00:01+08:00'), hour / 60, rising(minutes, 0.1, 2880.1));

    const { body } = await plant.call('GET', '/api/energy/overview');
    const { carriers } = body.sites.find((one: { site: { id: string } }) => one.site.id === fast);
    const [electricity, water] = carriers;
    expect(electricity.thisMonth.value).toBe(28_800);
    expect(electricity.thisMonth.coverage).toBeGreaterThan(0.999);
    expect(electricity.comparisons.lastMonth).toMatchObject({ reference: 24_000, comparable: true });
    expect(electricity.comparisons.lastMonth.change).toBeCloseTo(0.2, 12);
    expect(electricity.comparisons.lastYear).toMatchObject({ change: 0.5, comparable: true });
    expect(water.lastMonth).toMatchObject({ value: 2880, coverage: 1 });
    expect(water.comparisons.lastMonth.comparable).toBe(true);
    expect(water.comparisons.lastMonth.change).toBeCloseTo(0.5, 9);
    expect(water.comparisons.lastYear.comparable).toBe(false);
  });

  it('names the largest users', async () => {
    const { body } = await plant.call('GET', '/api/energy/overview');
    const { top } = body.sites.find((one: { site: { id: string } }) => one.site.id === works).carriers[0];
    expect(top).toMatchObject([
      { name: 'Oven', kind: 'asset', value: 252 * 60, share: 0.5 },
      { name: 'Press', value: 252 * 12 },
    ]);
  });

  it('shows nobody more than the sites they may see', async () => {
    const as = { role: 'viewer' as const, siteIds: [works] };
    const { body } = await plant.call('GET', '/api/energy/overview', { as });
    expect(body.sites.map(({ site }: { site: { name: string } }) => site.name)).toEqual(['Works']);
    expect((await plant.call('GET', '/api/energy/overview', { as: 'nobody' })).status).toBe(401);
  });
});
