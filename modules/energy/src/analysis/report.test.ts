import { describe, expect, it } from 'vitest';
import { buildReport } from './report.ts';
import type { Series } from './series.ts';

const hour = 3_600_000;
const from = Date.parse('2024-01-01T00:00+08:00'); // a Monday

/** Two days of quarters: 10 kW by night (until 06:00), 40 kW by day, 100 kW in one quarter ending 12:15 on the second. */
function twoDays(): Series {
  const count = 192;
  const time = Float64Array.from({ length: count }, (_, index) => from + (index + 1) * 900_000);
  const value = Float64Array.from({ length: count }, (_, index) => (index % 96 < 24 ? 2.5 : 10));
  value[96 + 48] = 25;
  return { time, value };
}

const facts = { kind: 'delta', stamp: 'end', unit: 'kW.h' } as const;
const input = {
  series: twoDays(),
  facts,
  from,
  to: from + 48 * hour,
  timezone: 'Asia/Shanghai',
  carrier: 'electricity',
};

describe('buildReport', () => {
  it('should report consumption, peak with its stamp, load factor and base load', () => {
    const report = buildReport(input);
    // 2 x (6 h x 10 kW + 18 h x 40 kW) + (100 - 40) kW x 0.25 h
    expect(report.consumption).toEqual({ value: 1575, unit: 'kW.h', estimated: 0, substituted: 0 });
    expect(report.peak).toEqual({
      kW: 100,
      at: '2024-01-02T12:15:00+08:00',
      from: '2024-01-02T12:00:00+08:00',
      to: '2024-01-02T12:15:00+08:00',
      value: 100,
      unit: 'kW',
      estimated: false,
    });
    expect(report.loadFactor).toBe(1575 / 48 / 100);
    expect(report.baseLoadkW).toBe(10);
    expect(report.gaps).toEqual([]);
    expect(report.intervalMinutes).toBe(15);
  });

  it('should lower the peak with the interval', () => {
    expect(buildReport({ ...input, intervalMinutes: 30 }).peak?.kW).toBe(70);
    expect(buildReport({ ...input, intervalMinutes: 60 }).peak?.kW).toBe(55);
  });

  it('should stamp the peak of start-stamped readings with the start', () => {
    const start = Float64Array.from(input.series.time, (time) => time - 900_000);
    const report = buildReport({
      ...input,
      series: { ...input.series, time: start },
      facts: { ...facts, stamp: 'start' },
    });
    expect(report.peak?.at).toBe('2024-01-02T12:00:00+08:00');
    expect(report.consumption.value).toBe(1575);
  });

  it('should take the mean over covered time only and list the gap', () => {
    const { time, value } = input.series;
    const keep = (_: number, index: number) => index < 96 || index >= 120;
    const report = buildReport({ ...input, series: { time: time.filter(keep), value: value.filter(keep) } });
    expect(report.consumption.value).toBe(1515);
    expect(report.loadFactor).toBe(1515 / 42 / 100);
    expect(report.gaps).toEqual([
      { from: '2024-01-02T00:00:00+08:00', to: '2024-01-02T06:00:00+08:00', minutes: 360, filled: false },
    ]);
    expect(report.coverage).toMatchObject({ share: 42 / 48, readingsExpected: 192, readingsUsable: 168 });
  });

  it('should not make a peak from an hour that is only half covered', () => {
    const { time, value } = input.series;
    const keep = (_: number, index: number) => index < 96 + 49 || index > 96 + 50;
    const report = buildReport({
      ...input,
      intervalMinutes: 60,
      series: { time: time.filter(keep), value: value.filter(keep) },
    });
    expect(report.peak?.kW).toBe(40);
  });

  it('should answer with nulls where nothing was read', () => {
    const report = buildReport({ ...input, series: { time: new Float64Array(), value: new Float64Array() } });
    expect(report).toMatchObject({ consumption: { value: null }, peak: null, loadFactor: null, baseLoadkW: null });
    expect(report.gaps).toMatchObject([{ minutes: 2880 }]);
  });

  it("should take the readings' own interval, and say when one was asked for that is finer", () => {
    const series = {
      time: Float64Array.of(from + hour, from + 2 * hour, from + 3 * hour),
      value: Float64Array.of(4, 8, 4),
    };
    const hourly = { ...input, series, to: from + 3 * hour };
    expect(buildReport(hourly)).toMatchObject({ intervalMinutes: 60, peak: { kW: 8, estimated: false }, notes: [] });
    expect(buildReport({ ...hourly, intervalMinutes: 15 })).toMatchObject({
      peak: { kW: 8, estimated: true },
      notes: [{ code: 'energy.estimated' }, { code: 'energy.interval-finer-than-readings' }],
    });
  });

  it('should report carriers without an energy unit in their own', () => {
    const report = buildReport({ ...input, facts: { ...facts, unit: 'm3' }, carrier: 'water' });
    expect(report).toMatchObject({
      consumption: { value: 1575, unit: 'm3' },
      peak: { kW: null, value: 100, unit: 'm3/h' },
      baseLoadkW: null,
    });
    expect(report.baseLoad).toEqual({ value: 10, unit: 'm3/h', method: 'percentile-5' });
  });

  it('should give the power factor from the reactive energies of the same meter', () => {
    const lagging = {
      series: { ...input.series, value: new Float64Array(192).fill(1575 / 192) },
      facts: { ...facts, unit: 'kvar.h' },
    };
    expect(buildReport({ ...input, lagging }).powerFactor?.value).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it('should survive JSON unchanged and be the same each time', () => {
    const report = buildReport(input);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(JSON.stringify(buildReport(input))).toBe(JSON.stringify(report));
  });
});
