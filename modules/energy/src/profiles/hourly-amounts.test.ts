import type { Point } from '@millwright/cloud/server';
import { operatorActor } from '@millwright/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heatMap } from '../analysis/heat-map.ts';
import { toIntervalAmounts } from '../analysis/interval-amounts.ts';
import { factsOf } from '../readings/point-facts.ts';
import { createTestPlant, quarterMeter, type TestPlant } from '../test-plant.ts';
import { hourlyAmounts } from './hourly-amounts.ts';

const second = 1000;
const hour = 3_600_000;

describe('hourlyAmounts', () => {
  let plant: TestPlant;
  let [delta, counter, slow, holed, indian]: (Point | undefined)[] = [];
  const timezone = 'Europe/Berlin';
  /** Two days, the second of 23 hours. */
  const period = { from: Date.parse('2024-03-30T00:00+01:00'), to: Date.parse('2024-04-01T00:00+02:00') };
  const steps = (period.to - period.from) / (30 * second);
  const use = (step: number) => 1 + Math.floor(step / 120) / 8;

  beforeAll(async () => {
    plant = await createTestPlant();
    const works = await plant.site('Works', timezone);
    const meter = (key: string, kind: 'delta' | 'counter') => quarterMeter(key, { kind, intervalSeconds: 30 });
    const kinds = [
      meter('Delta', 'delta'),
      meter('Counter', 'counter'),
      quarterMeter('Slow'),
      meter('Holed', 'counter'),
    ];
    [delta, counter, slow, holed] = (await plant.source(works, 'meters', kinds)).points;
    const pune = await plant.site('Pune', 'Asia/Kolkata');
    [indian] = (await plant.source(pune, 'pune', [meter('Delta', 'delta')])).points;
    const amounts = Array.from({ length: steps }, (_, step) => (step > 1000 && step < 1100 ? Number.NaN : use(step)));
    await plant.fill(delta!, period.from + 30 * second, 30 * second, amounts);
    let register = 0;
    const rising = Array.from({ length: steps + 1 }, (_, step) => {
      register += step === 0 ? 0 : use(step - 1);
      return register;
    });
    await plant.fill(counter!, period.from, 30 * second, rising);
    const hole = rising.map((value, step) => (step > 1000 && step < 1500 ? Number.NaN : value));
    await plant.fill(holed!, period.from, 30 * second, hole);
    await plant.fill(slow!, period.from + hour / 4, hour / 4, Array<number>(47 * 4).fill(5));
    await plant.fill(indian!, period.from + 30 * second, 30 * second, amounts);
  });
  afterAll(() => plant.cleanup());

  const hourly = (point: Point, zone = timezone, span = period) =>
    hourlyAmounts(plant.cloud.measurements, operatorActor, point, { ...span, timezone: zone });
  const fromReadings = async (point: Point) => {
    const { measurements } = plant.cloud;
    const { series } = await measurements.series(operatorActor, point.id, period.from - hour, period.to + hour);
    return toIntervalAmounts(series, factsOf(point), { ...period, timezone, intervalMinutes: 60 });
  };

  it('draw the same heat map as the readings, over holes and a change of clocks', async () => {
    for (const point of [delta!, counter!]) {
      const [quick, exact] = [heatMap((await hourly(point))!), heatMap(await fromReadings(point))];
      expect(quick.rows.map(({ date, hours }) => [date, hours.filter((one) => one !== null).length])).toEqual([
        ['2024-03-30', 24],
        ['2024-03-31', 23],
      ]);
      for (const [day, { hours }] of quick.rows.entries())
        for (const [at, value] of hours.entries()) {
          const expected = exact.rows[day]!.hours[at]!;
          if (value === null) expect(expected).toBeNull();
          else expect(value).toBeCloseTo(expected, 9);
        }
    }
  });

  it('are left to the readings where rollups would say something else', async () => {
    expect(await hourly(slow!)).toBeUndefined();
    expect(await hourly(holed!)).toBeUndefined();
    expect(await hourly(indian!, 'Asia/Kolkata')).toBeUndefined();
    expect(await hourly(delta!, timezone, { ...period, to: period.to - hour / 2 })).toBeUndefined();
  });
});
