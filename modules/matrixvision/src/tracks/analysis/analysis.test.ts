import { describe, expect, it } from 'vitest';
import { parseRules } from '../../rules/rules-file.ts';
import { observationsOf, straight } from '../../test-support/walk.ts';
import { recount, replay } from '../replay.ts';
import { decodeTracks } from '../track-decoder.ts';
import { encodeTracks } from '../track-encoder.ts';
import { byQuarterHour, whoCrossed } from './crossings.ts';
import { dwellTimes } from './dwell-times.ts';
import { trackHeatMap } from './heat-map.ts';
import { trackPaths } from './paths.ts';

const noon = Date.parse('2026-03-02T12:00:00Z');
const stand = (x: number, y: number, count: number) => straight([x, y], [x, y], count);
const line = (x: number) =>
  [
    [x, 0],
    [x, 1],
  ] as const;

describe('questions to stored tracks', () => {
  const walks = [
    { track: 1, path: straight([0.2, 0.5], [0.8, 0.5], 61) },
    { track: 2, path: [...stand(0.25, 0.25, 31), ...straight([0.25, 0.25], [0.25, 0.75], 30)] },
    { track: 3, label: 'car', path: straight([0.8, 0.9], [0.2, 0.9], 61) },
  ];
  const observations = observationsOf(walks, 100, noon);

  it('count the seconds in each part of the picture', () => {
    const { seconds } = trackHeatMap(observations, { columns: 2, rows: 2, classes: ['person'] });
    // The walker is in the upper half never, as 0.5 is the lower; the other leaves the upper half after 3 s and half its way.
    expect(seconds[1]).toBe(0);
    expect(seconds.reduce((sum, one) => sum + one, 0)).toBeCloseTo(12, 6);
    expect(seconds[3]).toBeCloseTo(3, 6);
    expect(seconds[0]).toBeCloseTo(4.6, 6);
  });

  it('draw the way of each thing with few points', () => {
    const paths = trackPaths(observations);
    expect(paths.map(({ track, label, points }) => [track, label, points.length])).toEqual([
      [1, 'person', 2],
      [2, 'person', 2],
      [3, 'car', 2],
    ]);
    const corner = observationsOf([
      { path: [...straight([0.2, 0.2], [0.8, 0.2], 30), ...straight([0.8, 0.2], [0.8, 0.8], 30)] },
    ]);
    expect(trackPaths(corner)[0]!.points.map(({ x, y }) => [x, y].map((value) => Math.round(value * 10) / 10))).toEqual(
      [
        [0.2, 0.2],
        [0.8, 0.2],
        [0.8, 0.8],
      ],
    );
  });

  it('say how long things were in a zone', () => {
    const zone = [
      [0, 0],
      [0.5, 0],
      [0.5, 0.5],
      [0, 0.5],
    ].map(([x, y]) => ({ x: x!, y: y! }));
    const [stay, ...others] = dwellTimes(observations, { zone, classes: ['person'] });
    expect(others).toEqual([]);
    expect(stay).toMatchObject({ track: 2, from: noon });
    expect(stay!.seconds).toBeCloseTo(4.5, 6);
  });

  it('say who crossed a line between two times', () => {
    const who = whoCrossed(observations, { line: line(0.5) });
    expect(who.map(({ tracks, label, crossing }) => [tracks[0], label, crossing!.direction])).toEqual([
      [1, 'person', 'out'],
      [3, 'car', 'in'],
    ]);
    expect(whoCrossed(observations, { line: line(0.5), classes: ['car'] })).toHaveLength(1);
    expect(whoCrossed(observations, { line: line(0.5), from: noon + 3500 })).toEqual([]);
    expect(whoCrossed(observations, { line: line(0.25), to: noon + 1000 }).map(({ tracks }) => tracks[0])).toEqual([1]);
  });

  it('count by quarter of an hour, those without anything too', () => {
    const at = (minutes: number, track: number) =>
      observationsOf([{ track, path: straight([0.3, 0.5], [0.7, 0.5], 11) }], 100, noon + minutes * 60_000);
    const events = whoCrossed([...at(1, 1), ...at(2, 2), ...at(40, 3)], { line: line(0.5) });
    expect(byQuarterHour(events, 'Asia/Kathmandu').map(({ from, out }) => [(from - noon) / 60_000, out])).toEqual([
      [0, 2],
      [15, 0],
      [30, 1],
    ]);
    expect(byQuarterHour([], 'UTC')).toEqual([]);
  });
});

describe('a replay of stored tracks', () => {
  const walks = [
    { track: 1, path: straight([0.2, 0.5], [0.8, 0.5], 61) },
    { track: 2, path: straight([0.2, 0.6], [0.45, 0.6], 61) },
  ];
  const stored = encodeTracks(observationsOf(walks, 100, noon));
  const rules = (x: number, id = 'gate') =>
    parseRules({ version: 1, rules: [{ id, kind: 'line-crossing', line: line(x) }] });

  it('gives the same events each time', () => {
    const once = replay(decodeTracks(stored), rules(0.5));
    expect(once).toEqual(replay(decodeTracks(stored), rules(0.5)));
    expect(once.counts).toEqual({ gate: { in: 0, out: 1, unconfirmedIn: 0, unconfirmedOut: 0 } });
  });

  it('puts the figures of a moved line beside the old ones', () => {
    const { rules: figures, events } = recount(decodeTracks(stored), rules(0.5), rules(0.4));
    expect(figures).toMatchObject([
      {
        rule: 'gate',
        kind: 'line-crossing',
        old: { counts: { out: 1 }, events: 1 },
        new: { counts: { out: 2 }, events: 2, unconfirmed: 0 },
      },
    ]);
    expect(events).toHaveLength(2);
  });

  it('shows a rule that came or went with nothing on the other side', () => {
    expect(
      recount(decodeTracks(stored), rules(0.5), rules(0.5, 'other')).rules.map(({ rule, old, new: now }) => [
        rule,
        old?.events ?? null,
        now?.events ?? null,
      ]),
    ).toEqual([
      ['gate', 1, null],
      ['other', null, 1],
    ]);
    expect(recount(decodeTracks(stored), undefined, rules(0.5)).rules).toMatchObject([
      { old: null, new: { events: 1 } },
    ]);
  });
});
