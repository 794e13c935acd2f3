import { expect, it } from 'vitest';
import { loadState, saveState } from '../../learners/state.ts';
import { learnProfile, type PointProfile } from './point-profile.ts';
import { type DataFinding, PointWatch } from './point-watch.ts';

const minute = 60_000;
const times = (count: number, from = 0) => Float64Array.from({ length: count }, (_, at) => from + at * minute);
/** Rests at 0 for a quarter of every hundred readings. */
const gauge = (at: number) => (at % 100 < 25 ? 0 : 10 + Math.round(50 * Math.sin(at * 12.9898)) / 10);
const learnt = (kind: PointProfile['kind'], value: (at: number) => number) => {
  const at = times(1000);
  return learnProfile(
    kind,
    at,
    at.map((_, index) => value(index)),
    at,
  );
};
const push = (watch: PointWatch, value: (at: number) => number, from: number, to: number): DataFinding[] => {
  const found: DataFinding[] = [];
  for (let at = from; at < to; at++) found.push(...watch.push(at * minute, value(at)));
  return found;
};

it('finds nothing in readings as usual, rests included', () => {
  expect(push(new PointWatch(learnt('gauge', gauge)), gauge, 1000, 2000)).toEqual([]);
  expect(push(new PointWatch(learnt('counter', (at) => at * 3)), (at) => at * 3, 1000, 2000)).toEqual([]);
});

it('finds silence, while it lasts and after it', () => {
  const watch = new PointWatch(learnt('gauge', gauge));
  push(watch, gauge, 1000, 1010);
  expect(watch.quiet(1012 * minute)).toBeUndefined();
  expect(watch.quiet(1020 * minute)).toMatchObject({ fault: 'gap', from: 1009 * minute });
  expect(watch.quiet(1021 * minute)).toBeUndefined();
  expect(push(watch, gauge, 1100, 1101)).toEqual([]);
  expect(push(watch, gauge, 1200, 1201)).toMatchObject([{ fault: 'gap', amount: 100 * minute }]);
});

it('finds a value that no longer moves, but no machine that stands', () => {
  const watch = new PointWatch(learnt('gauge', gauge));
  const found = push(watch, (at) => (at >= 1050 ? 13.7 : gauge(at)), 1000, 1100);
  expect(found).toMatchObject([{ fault: 'stuck-value', from: 1050 * minute, amount: 13.7 }]);
  expect(found[0]!.foundAt).toBeLessThan(1070 * minute);
});

it('tells a counter that passes zero from another meter', () => {
  const profile = learnt('counter', (at) => at * 3);
  const rolls = (at: number) => (998_500 + at * 3 - 3000) % 1_000_000;
  expect(push(new PointWatch(profile), rolls, 1000, 1600)).toMatchObject([{ fault: 'meter-rollover' }]);
  const another = (at: number) => (at < 1200 ? 40_000 + at * 3 : at * 3 - 3600);
  expect(push(new PointWatch(profile), another, 1000, 1600)).toMatchObject([
    { fault: 'meter-change', from: 1200 * minute, amount: 0 },
  ]);
  const higher = (at: number) => (at < 1200 ? at * 3 : 700_000 + at * 3);
  expect(push(new PointWatch(profile), higher, 1000, 1600)).toMatchObject([{ fault: 'meter-change' }]);
});

it('finds a clock that is wrong, by when readings come or by time that goes back', () => {
  const watch = new PointWatch(learnt('gauge', gauge));
  const found: DataFinding[] = [];
  for (let at = 1000; at < 1100; at++)
    found.push(...watch.push((at + (at >= 1050 && at < 1080 ? 30 : 0)) * minute, gauge(at), at * minute));
  expect(found).toMatchObject([{ fault: 'clock-skew', from: 1050 * minute, amount: 30 * minute }]);
  const at = times(1000);
  const blind = new PointWatch(
    learnProfile(
      'gauge',
      at,
      at.map((_, index) => gauge(index)),
    ),
  );
  push(blind, gauge, 1000, 1050);
  expect(push(blind, gauge, 1020, 1021)).toMatchObject([{ fault: 'clock-skew' }]);
});

it('goes on after a restart', () => {
  const profile = learnt('gauge', gauge);
  const first = new PointWatch(profile);
  const stuck = (at: number) => (at >= 1050 ? 13.7 : gauge(at));
  push(first, stuck, 1000, 1055);
  const second = new PointWatch(profile, loadState(saveState(first.state())));
  expect(push(second, stuck, 1055, 1100)).toEqual(push(first, stuck, 1055, 1100));
});
