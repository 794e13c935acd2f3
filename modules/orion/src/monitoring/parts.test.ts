import { describe, expect, it } from 'vitest';
import { principalComponents } from '../anomalies/kinds/principal-components.ts';
import { scoreRows } from '../anomalies/types.ts';
import { Watch } from '../anomalies/watch.ts';
import { haveOneCause, joinSignatures, similarity } from './incidents/grouping.ts';
import { hintsFor } from './incidents/hints.ts';
import { suggestPeriod } from './normal-period.ts';
import { leadTime, weeklyRate } from './rates.ts';
import { scoreReadings } from './score-readings.ts';
import { lastOfSteps, sensorRows, stepFor } from './sensor-rows.ts';
import { noise } from './test/watched-pump.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

describe('the period to learn from', () => {
  const days = (counts: readonly number[]) => counts.map((count, index) => ({ day: index * dayMs, count }));

  it('is the stretch with most readings, without its newest part', () => {
    const year = suggestPeriod(days(Array.from({ length: 300 }, () => 24)), [])!;
    expect(year).toEqual({ from: 0, to: 244 * dayMs });
    // Coarse first, then hourly: the hourly part has more to learn from.
    const finer = suggestPeriod(
      days([...Array.from({ length: 300 }, () => 1), ...Array.from({ length: 100 }, () => 24)]),
      [],
    )!;
    expect(finer.from).toBe(300 * dayMs);
  });

  it('bridges weekends, and ends at silence and at what people called an incident', () => {
    const weekly = days(Array.from({ length: 140 }, (_, day) => (day % 7 > 4 ? 0 : 24))).filter(
      ({ count }) => count > 0,
    );
    expect(suggestPeriod(weekly, [])!.from).toBe(0);
    const broken = suggestPeriod(weekly, [{ from: 30 * dayMs, to: 31 * dayMs }])!;
    expect(broken.from).toBeGreaterThan(31 * dayMs);
    expect(suggestPeriod(days([24, 24, 24]), [])).toBeUndefined();
    expect(suggestPeriod([], [])).toBeUndefined();
  });
});

describe('readings joined to rows', () => {
  it('are those that a watch makes of them one by one', async () => {
    const next = noise(3);
    const series = [60, 90].map((seconds) => ({
      time: Float64Array.from({ length: 2000 }, (_, index) => index * seconds * 1000 + Math.floor(next() * 900)),
      value: Float64Array.from({ length: 2000 }, (_, index) => Math.sin(index / 40) + next()),
      quality: Uint8Array.from({ length: 2000 }, (_, index) => (index % 97 === 0 ? 2 : 0)),
    }));
    const steps = { stepMs: 120_000, holdMs: 360_000 };
    const data = sensorRows(['a', 'b'], series, steps);
    const work = { signal: new AbortController().signal, progress: () => undefined };
    const detector = await principalComponents.fit(data, {}, 1, work);
    const rule = { threshold: 1e9, release: 1e9, mergeMs: 0 };
    const scores: number[] = [];
    scoreReadings(new Watch(detector, { rule, ...steps }), series, (_time, score) => scores.push(score));
    // The last row is not known to be whole.
    expect(scores).toEqual([...scoreRows(detector.start(), data).scores].slice(0, -1));
    const pieces = (async function* () {
      for (const at of [0, 700, 1400])
        yield {
          time: series[0]!.time.subarray(at, at + 700),
          value: series[0]!.value.subarray(at, at + 700),
          quality: series[0]!.quality.subarray(at, at + 700),
        };
    })();
    expect(sensorRows(['a', 'b'], [await lastOfSteps(pieces, 120_000), series[1]!], steps).values).toEqual(data.values);
  });

  it('lie as far apart as the slowest sensor speaks', () => {
    expect(stepFor(24 * 100, 100 * dayMs)).toBe(hourMs);
    expect(stepFor(23 * 100, 100 * dayMs)).toBe(hourMs);
    expect(stepFor(1e9, dayMs)).toBe(60_000);
    expect(stepFor(0, dayMs)).toBe(24 * hourMs);
  });
});

describe('alarms of one cause', () => {
  const place = (id: string) =>
    ({
      pump1: { parentId: 'line', kind: 'asset' as const },
      pump2: { parentId: 'line', kind: 'asset' as const },
      motor: { parentId: 'pump1', kind: 'asset' as const },
      far: { parentId: 'area', kind: 'asset' as const },
      far2: { parentId: 'area', kind: 'asset' as const },
      line: { parentId: 'area', kind: 'line' as const },
      area: { parentId: 'site', kind: 'area' as const },
    })[id];
  const alarm = (nodeId: string, from: number, to: number, signature: Record<string, number> = {}) => ({
    nodeId,
    from: from * hourMs,
    to: to * hourMs,
    signature,
  });
  const one = alarm('pump1', 0, 2, { a: 0.9, b: 0.1 });
  it.each([
    ['of one asset within a week', alarm('pump1', 100, 101), true],
    ['of one asset after a week', alarm('pump1', 200, 201), false],
    ['beside it on one line', alarm('pump2', 1, 3), true],
    ['beside it, but the next day', alarm('pump2', 24, 25), false],
    ['of a part of it', alarm('motor', 1, 3), true],
    ['that blame the same point', alarm('far', 1, 3, { a: 0.5, c: 0.5 }), true],
    ['that blame another point elsewhere', alarm('far', 1, 3, { b: 1 }), false],
  ])('%s', (_what, other, expected) => {
    expect(haveOneCause(one, other, place)).toBe(expected);
    expect(haveOneCause(other, one, place)).toBe(expected);
  });
  it('do not become one because one area holds both', () => {
    expect(haveOneCause(alarm('far', 0, 1), alarm('far2', 0, 1), place)).toBe(false);
  });
  it('are blamed together, and compared by what is blamed', () => {
    expect(
      joinSignatures([
        { signature: { a: 1 }, weight: 3 },
        { signature: { b: 1 }, weight: 1 },
      ]),
    ).toEqual({ a: 0.75, b: 0.25 });
    expect(similarity({ a: 0.75, b: 0.25 }, { a: 0.75, b: 0.25 })).toBeCloseTo(1);
    expect(similarity({ a: 1 }, { b: 1 })).toBe(0);
    expect(similarity({}, { b: 1 })).toBe(0);
  });
});

it('a checklist begins with what is blamed most and is never empty', () => {
  const hints = hintsFor([
    { quantity: 'temperature', share: 0.2 },
    { quantity: 'vibration', share: 0.7 },
    { quantity: 'pressure', share: 0.1 },
  ]);
  expect(hints.map(({ code }) => code.split('.')[1])).toEqual([
    ...[
      'vibration-bearing',
      'vibration-mounting',
      'temperature-cooling',
      'temperature-sensor',
      'any-instrument',
      'any-change',
    ],
  ]);
  expect(hintsFor([])).toHaveLength(2);
});

it('rates and lead times say how sure they are', () => {
  // Garwood 1936: 0 events, 3.69; 3 events, 0.619 to 8.767.
  expect(weeklyRate(0, 1)).toMatchObject({ perWeek: 0, low: 0, high: expect.closeTo(3.689, 2) });
  expect(weeklyRate(3, 2)).toMatchObject({
    perWeek: 1.5,
    low: expect.closeTo(0.309, 2),
    high: expect.closeTo(4.384, 2),
  });
  expect(leadTime([])).toBeUndefined();
  const lead = leadTime([10, 20, 30, 40, 500])!;
  expect(lead).toMatchObject({ count: 5, medianHours: 30 });
  expect(lead.low).toBeLessThan(30);
  expect(lead.high).toBeGreaterThan(30);
});
