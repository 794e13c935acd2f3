import { expect, it } from 'vitest';
import { Signal } from './signal.ts';
import { dayMs, slotMs } from './time-grid.ts';

const firstDay = 20_000;
const start = firstDay * dayMs;

/** 8 kW in the first slot of each day, 0 in the others: 2 kWh a day. */
function firstSlotOnly(): { signal: Signal; computed: number[] } {
  const computed: number[] = [];
  const signal = new Signal(firstDay, (day, out) => {
    computed.push(day);
    out[0] = 8;
  });
  return { signal, computed };
}

it('totals slot means times hours, and straight within a slot', () => {
  const { signal } = firstSlotOnly();
  expect(signal.total(start - 1)).toBe(0);
  expect(signal.total(start)).toBe(0);
  expect(signal.total(start + slotMs / 2)).toBe(1);
  expect(signal.total(start + slotMs)).toBe(2);
  expect(signal.total(start + dayMs - 1)).toBe(2);
  expect(signal.total(start + 10 * dayMs + slotMs / 4)).toBe(20.5);
});

it('gives the same total whichever moment is asked for first', () => {
  const forward = firstSlotOnly().signal;
  const backward = firstSlotOnly().signal;
  const times = [start + 3 * dayMs, start + 700 * dayMs + slotMs / 2, start + 40 * dayMs];
  const expected = times.map((time) => forward.total(time));
  expect(times.toReversed().map((time) => backward.total(time))).toEqual(expected.toReversed());
  expect(expected).toEqual([6, 1401, 80]);
});

it('computes a day once as long as it is cached', () => {
  const { signal, computed } = firstSlotOnly();
  signal.total(start + 5 * dayMs);
  signal.at(start + 2 * dayMs);
  signal.total(start + 3 * dayMs);
  expect(computed).toEqual([0, 1, 2, 3, 4, 5].map((day) => firstDay + day));
});

it('still knows old days after the cache has turned over', () => {
  const { signal } = firstSlotOnly();
  signal.total(start + 1000 * dayMs);
  expect(signal.at(start)).toBe(8);
  expect(signal.at(start + slotMs)).toBe(0);
  expect(signal.total(start + 1000 * dayMs)).toBe(2000);
});
