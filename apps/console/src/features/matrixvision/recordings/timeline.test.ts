import { describe, expect, it } from 'vitest';
import { barOf, clipAt, partOf, stretchesOf } from './timeline.ts';

const minute = 60_000;
const start = Date.parse('2026-03-05T10:00:00Z');
const stretches = [
  { from: start, to: start + 10 * minute },
  { from: start + 20 * minute, to: start + 21 * minute },
];

describe('what is played from a moment', () => {
  it('begins there and ends after the length of a clip', () =>
    expect(clipAt(stretches, start + minute)).toEqual({ from: start + minute, to: start + 3 * minute }));

  it('ends where the recording does', () =>
    expect(clipAt(stretches, start + 9.5 * minute)).toEqual({ from: start + 9.5 * minute, to: start + 10 * minute }));

  it('begins with the next recording where nothing is recorded', () =>
    expect(clipAt(stretches, start + 15 * minute)).toEqual(stretches[1]));

  it('is nothing after the last', () => expect(clipAt(stretches, start + 30 * minute)).toBeUndefined());
});

describe('the bar of an hour', () => {
  const hour = (expectedSeconds: number, recordedSeconds: number) => barOf({ expectedSeconds, recordedSeconds });

  it('shows what is missing of what was expected', () => {
    expect(hour(3600, 2700)).toEqual({ recorded: 0.75, lost: 0.25, rest: 0 });
    expect(hour(1800, 900)).toEqual({ recorded: 0.25, lost: 0.25, rest: 0.5 });
  });

  it('has nothing lost where more came than was expected, as around an event', () =>
    expect(hour(0, 360)).toEqual({ recorded: 0.1, lost: 0, rest: 0.9 }));
});

it('segments are put in order, and empty ones left out', () =>
  expect(
    stretchesOf({
      segments: [
        { from: '2026-03-05T11:00:00Z', to: '2026-03-05T11:00:10Z' },
        { from: '2026-03-05T10:00:00Z', to: '2026-03-05T10:00:00Z' },
        { from: '2026-03-05T10:30:00Z', to: '2026-03-05T10:31:00Z' },
      ],
    }).map(({ from }) => new Date(from).toISOString()),
  ).toEqual(['2026-03-05T10:30:00.000Z', '2026-03-05T11:00:00.000Z']));

it('a time outside of a window lies at its edge', () => {
  expect(partOf(5, { from: 10, to: 20 })).toBe(0);
  expect(partOf(15, { from: 10, to: 20 })).toBe(0.5);
  expect(partOf(25, { from: 10, to: 20 })).toBe(1);
});
