import { describe, expect, it } from 'vitest';
import { type AmountOptions, toIntervalAmounts } from './interval-amounts.ts';
import type { PointFacts, Series } from './series.ts';
import { sum } from './sum.ts';

const at = (iso: string) => Date.parse(iso);
const shanghai = 'Asia/Shanghai';

function series(rows: [string, number, number?][]): Series {
  return {
    time: Float64Array.from(rows, ([time]) => at(time)),
    value: Float64Array.from(rows, ([, value]) => value),
    quality: Int16Array.from(rows, ([, , quality]) => quality ?? 0),
  };
}

function period(from: string, to: string, more: Partial<AmountOptions> = {}): AmountOptions {
  return { from: at(from), to: at(to), intervalMinutes: 15, timezone: shanghai, ...more };
}

const hour = period('2024-01-01T08:00+08:00', '2024-01-01T09:00+08:00');
const delta: PointFacts = { kind: 'delta', stamp: 'end', unit: 'kW.h', intervalSeconds: 900 };
const counter: PointFacts = { kind: 'counter', unit: 'kW.h', intervalSeconds: 900 };
const quarters: [string, number][] = [
  ['2024-01-01T08:00+08:00', 1],
  ['2024-01-01T08:15+08:00', 2],
  ['2024-01-01T08:30+08:00', 3],
  ['2024-01-01T08:45+08:00', 4],
  ['2024-01-01T09:00+08:00', 5],
];

describe('toIntervalAmounts of deltas', () => {
  it('should lay an end-stamped amount on the interval before its stamp', () => {
    const result = toIntervalAmounts(series(quarters), delta, hour);
    expect([...result.amount]).toEqual([2, 3, 4, 5]);
    expect([...result.coverage]).toEqual([1, 1, 1, 1]);
    expect(result.gaps).toEqual([]);
  });

  it('should lay a start-stamped amount on the interval after its stamp', () => {
    const result = toIntervalAmounts(series(quarters), { ...delta, stamp: 'start' }, hour);
    expect([...result.amount]).toEqual([1, 2, 3, 4]);
  });

  it('should merge quarters into hours', () => {
    const result = toIntervalAmounts(series(quarters), delta, { ...hour, intervalMinutes: 60 });
    expect([...result.amount]).toEqual([14]);
  });

  it('should split an hourly amount evenly over quarters and call it estimated', () => {
    const result = toIntervalAmounts(
      series([['2024-01-01T09:00+08:00', 8]]),
      { ...delta, intervalSeconds: 3600 },
      hour,
    );
    expect([...result.amount]).toEqual([2, 2, 2, 2]);
    expect([...result.estimated]).toEqual([2, 2, 2, 2]);
  });

  it('should leave out bad readings, list the hole they leave, and show substituted amounts apart', () => {
    const rows = quarters.map(([time, value], index): [string, number, number] => [
      time,
      value,
      [0, 0, 2, 3, 1][index]!,
    ]);
    const result = toIntervalAmounts(series(rows), delta, hour);
    expect([...result.amount]).toEqual([2, Number.NaN, 4, 5]);
    expect([...result.substituted]).toEqual([0, 0, 4, 0]);
    expect(result.quality).toEqual({ total: 4, good: 1, uncertain: 1, bad: 1, substituted: 1 });
    expect(result.gaps).toEqual([
      { from: at('2024-01-01T08:15+08:00'), to: at('2024-01-01T08:30+08:00'), minutes: 15, filled: false },
    ]);
    expect(result.readings).toEqual({ expected: 4, usable: 3 });
  });

  it('should list what is missing at both edges and join missing readings into one gap', () => {
    const result = toIntervalAmounts(
      series([
        ['2024-01-01T08:30+08:00', 3],
        ['2024-01-01T09:30+08:00', 3],
      ]),
      delta,
      period('2024-01-01T08:00+08:00', '2024-01-01T10:00+08:00'),
    );
    expect(result.gaps.map((gap) => gap.minutes)).toEqual([15, 45, 30]);
  });

  it('should take stamps a few seconds late as back to back', () => {
    const late = quarters.map(([time, value], index): [string, number] => [time.replace('+', `:0${index}+`), value]);
    const result = toIntervalAmounts(series(late), delta, hour);
    expect(result.gaps).toEqual([]);
    expect(Math.min(...result.coverage)).toBeGreaterThan(0.99);
    expect(result.amount[1]).toBeCloseTo(3, 1);
  });

  it('should keep the amount but not count the time twice when readings overlap', () => {
    const result = toIntervalAmounts(
      series([
        ['2024-01-01T08:15+08:00', 2],
        ['2024-01-01T08:20+08:00', 1],
        ['2024-01-01T08:30+08:00', 2],
      ]),
      delta,
      hour,
    );
    expect(sum(result.amount)).toBe(5);
    expect([...result.coverage]).toEqual([1, 1, 0, 0]);
    expect(result.notes).toEqual([{ code: 'overlapping-readings', count: 2 }]);
  });

  it('should widen a period that is off the grid and say so', () => {
    const result = toIntervalAmounts(
      series(quarters),
      delta,
      period('2024-01-01T08:05+08:00', '2024-01-01T08:50+08:00'),
    );
    expect(result.grid.widened).toBe(true);
    expect([...result.amount]).toEqual([2, 3, 4, 5]);
  });

  it('should align hours to the clock of a zone half an hour off', () => {
    const result = toIntervalAmounts(
      series([['2024-01-01T09:00+05:30', 4]]),
      { ...delta, intervalSeconds: 3600 },
      period('2024-01-01T08:00+05:30', '2024-01-01T09:00+05:30', { intervalMinutes: 60, timezone: 'Asia/Kolkata' }),
    );
    expect(result.grid.widened).toBe(false);
    expect([...result.amount]).toEqual([4]);
  });

  it('should refuse readings out of order, unknown zones, reversed periods and units it cannot convert', () => {
    const bad = { time: Float64Array.of(2, 1), value: Float64Array.of(1, 1) };
    expect(() => toIntervalAmounts(bad, delta, hour)).toThrow(
      expect.objectContaining({ code: 'ENERGY_SERIES_INVALID' }),
    );
    expect(() => toIntervalAmounts(series(quarters), delta, { ...hour, timezone: 'Mars/Base' })).toThrow(
      expect.objectContaining({ code: 'ENERGY_TIMEZONE_UNKNOWN' }),
    );
    expect(() => toIntervalAmounts(series(quarters), delta, { ...hour, to: hour.from })).toThrow(
      expect.objectContaining({ code: 'ENERGY_PERIOD_INVALID' }),
    );
    expect(() => toIntervalAmounts(series(quarters), delta, { ...hour, unit: 'm3' })).toThrow(
      expect.objectContaining({ code: 'ENERGY_UNIT_UNKNOWN' }),
    );
  });

  it('should convert with the function it is given', () => {
    const result = toIntervalAmounts(
      series(quarters),
      { ...delta, unit: 't' },
      {
        ...hour,
        unit: 'kg',
        convert: (value, from, to) => (from === 't' && to === 'kg' ? value * 1000 : Number.NaN),
      },
    );
    expect([...result.amount]).toEqual([2000, 3000, 4000, 5000]);
  });
});

describe('toIntervalAmounts of counters', () => {
  const register = (values: number[]): Series =>
    series(
      values.map((value, index): [string, number] => [new Date(hour.from + index * 900_000).toISOString(), value]),
    );

  it('should take differences', () => {
    expect([...toIntervalAmounts(register([100, 102, 105, 109, 114]), counter, hour).amount]).toEqual([2, 3, 4, 5]);
  });

  it('should count across a rollover at a known register maximum', () => {
    const result = toIntervalAmounts(
      register([99_996, 99_998, 2, 5, 9]),
      { ...counter, registerMaximum: 99_999.9 },
      hour,
    );
    expect([...result.amount]).toEqual([2, 4, 3, 4]);
    expect(result.notes).toEqual([
      { code: 'counter-rollover', at: at('2024-01-01T08:30+08:00'), modulus: 100_000, inferred: false },
    ]);
  });

  it('should infer a rollover from the next power of ten when the rate stays believable', () => {
    const result = toIntervalAmounts(register([99_996, 99_998, 2, 5, 9]), counter, hour);
    expect(sum(result.amount)).toBe(13);
    expect(result.notes[0]).toMatchObject({ code: 'counter-rollover', modulus: 100_000, inferred: true });
  });

  it('should know a 16 bit register by its greatest value', () => {
    const result = toIntervalAmounts(
      register([65_530, 65_534, 3, 7, 9]),
      { ...counter, registerMaximum: 65_535 },
      hour,
    );
    expect([...result.amount]).toEqual([4, 5, 4, 2]);
  });

  it('should see an exchanged meter where a rollover would mean an unbelievable amount', () => {
    const result = toIntervalAmounts(register([52_000, 52_002, 10, 13, 17]), counter, hour);
    expect([...result.amount]).toEqual([2, Number.NaN, 3, 4]);
    expect(result.notes).toEqual([
      { code: 'meter-change', at: at('2024-01-01T08:30+08:00'), before: 52_002, after: 10 },
    ]);
    expect(result.gaps).toEqual([
      { from: at('2024-01-01T08:15+08:00'), to: at('2024-01-01T08:30+08:00'), minutes: 15, filled: false },
    ]);
  });

  it('should list the hole before a meter change at the first readings as one gap with it', () => {
    const rows: [string, number][] = [
      ['2024-01-01T08:30+08:00', 52_000],
      ['2024-01-01T08:45+08:00', 3],
      ['2024-01-01T09:00+08:00', 5],
    ];
    const result = toIntervalAmounts(series(rows), counter, hour);
    expect([...result.amount]).toEqual([Number.NaN, Number.NaN, Number.NaN, 2]);
    expect(result.gaps).toMatchObject([{ from: hour.from, minutes: 45, filled: false }]);
  });

  it('should tell a small step back from an exchange', () => {
    const result = toIntervalAmounts(register([52_000, 52_002, 52_001, 52_004, 52_006]), counter, hour);
    expect(result.notes).toMatchObject([{ code: 'counter-step-back' }]);
    expect([...result.amount]).toEqual([2, Number.NaN, 3, 2]);
  });

  it('should see an exchanged meter in a rise above the stated maximum', () => {
    const result = toIntervalAmounts(
      register([10, 12, 84_000, 84_003, 84_004]),
      { ...counter, maximumPerHour: 100 },
      hour,
    );
    expect(sum(result.amount)).toBe(6);
    expect(result.notes).toMatchObject([{ code: 'meter-change', before: 12, after: 84_000 }]);
  });

  it('should spread a long step in proportion to time, as estimated, and list it as a filled gap', () => {
    const result = toIntervalAmounts(
      series([
        ['2024-01-01T08:00+08:00', 100],
        ['2024-01-01T08:15+08:00', 101],
        ['2024-01-01T09:00+08:00', 107],
      ]),
      counter,
      hour,
    );
    expect([...result.amount]).toEqual([1, 2, 2, 2]);
    expect([...result.estimated]).toEqual([0, 2, 2, 2]);
    expect(result.gaps).toEqual([
      { from: at('2024-01-01T08:15+08:00'), to: at('2024-01-01T09:00+08:00'), minutes: 45, filled: true },
    ]);
  });

  it('should cut readings off the grid at its boundaries', () => {
    const result = toIntervalAmounts(
      series([
        ['2024-01-01T07:50+08:00', 0],
        ['2024-01-01T08:05+08:00', 15],
        ['2024-01-01T08:20+08:00', 45],
      ]),
      counter,
      hour,
    );
    // 5 min at 1 per min, then 10 min at 2 per min; then 5 min at 2 per min.
    expect(result.amount[0]).toBeCloseTo(25, 9);
    expect(result.amount[1]).toBeCloseTo(10, 9);
    expect(result.coverage[1]).toBeCloseTo(1 / 3, 9);
  });
});

describe('toIntervalAmounts of gauges', () => {
  const gauge: PointFacts = { kind: 'gauge', unit: 'kW', intervalSeconds: 900 };

  it('should integrate power by trapezoids to kilowatt hours', () => {
    const result = toIntervalAmounts(
      series([
        [quarters[0]![0], 0],
        [quarters[1]![0], 8],
        [quarters[2]![0], 8],
      ]),
      gauge,
      hour,
    );
    expect([...result.amount]).toEqual([1, 2, Number.NaN, Number.NaN]);
    expect(result.unit).toBe('kW.h');
  });

  it('should hold a value until the next one by step', () => {
    const result = toIntervalAmounts(
      series([
        [quarters[0]![0], 4],
        [quarters[1]![0], 8],
        [quarters[2]![0], 0],
      ]),
      gauge,
      {
        ...hour,
        gaugeMethod: 'step',
      },
    );
    expect([...result.amount.slice(0, 2)]).toEqual([1, 2]);
  });

  it('should not integrate across more than the maximum gap', () => {
    const result = toIntervalAmounts(
      series([
        [quarters[0]![0], 4],
        [quarters[3]![0], 4],
        [quarters[4]![0], 4],
      ]),
      gauge,
      hour,
    );
    expect(sum(result.amount)).toBe(1);
    expect(result.gaps).toMatchObject([{ minutes: 45, filled: false }]);
  });

  it('should integrate a flow per hour to its amount', () => {
    const result = toIntervalAmounts(
      series([
        [quarters[0]![0], 4],
        [quarters[1]![0], 4],
      ]),
      { ...gauge, unit: 'm3/h' },
      hour,
    );
    expect(result.unit).toBe('m3');
    expect(result.amount[0]).toBe(1);
  });
});

describe('toIntervalAmounts over clock changes', () => {
  const hourly: PointFacts = { kind: 'delta', stamp: 'end', unit: 'kW.h', intervalSeconds: 3600 };
  const day = (date: string, next: string, timezone: string) => {
    const iso = (text: string, offset: string) => at(`${text}T00:00${offset}`);
    const offsets =
      timezone === shanghai ? ['+08:00', '+08:00'] : date < '2024-06' ? ['+01:00', '+02:00'] : ['+02:00', '+01:00'];
    const from = iso(date, offsets[0]!);
    const to = iso(next, offsets[1]!);
    const hours = (to - from) / 3_600_000;
    const readings: Series = {
      time: Float64Array.from({ length: hours }, (_, index) => from + (index + 1) * 3_600_000),
      value: new Float64Array(hours).fill(1),
    };
    return toIntervalAmounts(readings, hourly, { from, to, intervalMinutes: 60, timezone });
  };

  it('should have 23 hours in Berlin when the clock goes forward and 25 when it goes back', () => {
    const spring = day('2024-03-31', '2024-04-01', 'Europe/Berlin');
    const autumn = day('2024-10-27', '2024-10-28', 'Europe/Berlin');
    expect([spring.grid.count, sum(spring.amount), spring.gaps.length]).toEqual([23, 23, 0]);
    expect([autumn.grid.count, sum(autumn.amount), autumn.gaps.length]).toEqual([25, 25, 0]);
  });

  it('should have 24 hours in Shanghai on both dates', () => {
    expect(day('2024-03-31', '2024-04-01', shanghai).grid.count).toBe(24);
    expect(day('2024-10-27', '2024-10-28', shanghai).grid.count).toBe(24);
  });
});

describe('toIntervalAmounts of a point that changed its rhythm', () => {
  const night = period('2024-01-01T00:00+08:00', '2024-01-01T08:00+08:00');
  /** A reading each quarter hour until 04:00, then one every ten seconds but for a hole of an hour from 05:00. */
  const mixed = (value: (minutes: number) => number): Series => {
    const rows: [number, number][] = [];
    for (let at = 0; at <= 240; at += 15) rows.push([at, value(15)]);
    for (let step = 1; step <= 240 * 6; step++) {
      const minutes = 240 + step / 6;
      if (minutes <= 300 || minutes > 360) rows.push([minutes, value(1 / 6)]);
    }
    return {
      time: Float64Array.from(rows, ([minutes]) => night.from + minutes * 60_000),
      value: Float64Array.from(rows, ([, amount]) => amount),
    };
  };
  const hole = [{ from: at('2024-01-01T05:00+08:00'), to: at('2024-01-01T06:00+08:00'), minutes: 60, filled: false }];
  const coveredHours = ({ coverage }: { coverage: Float64Array }) => sum(coverage) / 4;

  it.each([10, 900, undefined])('should cover both rhythms when %s seconds are declared', (intervalSeconds) => {
    const result = toIntervalAmounts(
      mixed((minutes) => minutes),
      { kind: 'delta', unit: 'kW.h', intervalSeconds },
      night,
    );
    // A declared quarter of an hour is what the reading after the hole may speak for.
    const known = intervalSeconds === 900 ? 7 + (15 * 60 - 10) / 3600 : 7;
    expect(coveredHours(result)).toBeCloseTo(known, 9);
    expect(sum(result.amount)).toBeCloseTo(7 * 60, 9);
    expect(result.gaps).toHaveLength(1);
    expect(result.notes).toEqual([]);
  });

  it('should expect of each stretch the readings of its own rhythm', () => {
    const result = toIntervalAmounts(
      mixed(() => 1),
      { kind: 'delta', unit: 'kW.h', intervalSeconds: 10 },
      night,
    );
    expect(result.gaps).toEqual(hole);
    expect(result.readings).toEqual({ expected: 16 + 240 * 6, usable: 16 + 180 * 6 });
  });

  it('should integrate power over both, and not over the hole', () => {
    const result = toIntervalAmounts(
      mixed(() => 60),
      { kind: 'gauge', unit: 'kW', intervalSeconds: 10 },
      night,
    );
    expect(sum(result.amount)).toBeCloseTo(7 * 60 - 1 / 6, 9);
    expect(result.gaps).toHaveLength(1);
  });

  it('should take no quarter hour of a register for a hole', () => {
    let register = 0;
    const rising = mixed((minutes) => {
      register += minutes;
      return register;
    });
    const result = toIntervalAmounts(rising, { kind: 'counter', unit: 'kW.h', intervalSeconds: 10 }, night);
    expect(result.gaps).toMatchObject([{ minutes: 60 + 1 / 6, filled: true }]);
    expect(coveredHours(result)).toBe(8);
  });
});
