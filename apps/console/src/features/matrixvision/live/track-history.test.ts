import { describe, expect, it } from 'vitest';
import type { LiveObject } from './live-message.ts';
import { TrackHistory } from './track-history.ts';

const person = (track: number, x: number): LiveObject => ({
  ...{ track, label: 'person', score: 0.9, state: 'seen' },
  box: [x, 0.2, 0.1, 0.4],
});

describe('the boxes of a frame', () => {
  it('are moved evenly between the moments around it', () => {
    const history = new TrackHistory();
    history.add(1_000, [person(1, 0.2)]);
    history.add(1_200, [person(1, 0.4)]);
    expect(history.at(1_050)[0]?.box[0]).toBeCloseTo(0.25);
    expect(history.at(1_000)[0]?.box[0]).toBeCloseTo(0.2);
  });

  it('of what is gone in the next moment stay where they were', () => {
    const history = new TrackHistory();
    history.add(1_000, [person(1, 0.2), person(2, 0.5)]);
    history.add(1_200, [person(2, 0.6)]);
    expect(history.at(1_100).map(({ track, box }) => [track, Number(box[0].toFixed(3))])).toEqual([
      [1, 0.2],
      [2, 0.55],
    ]);
  });

  it('are not shown before the first moment or long after the last', () => {
    const history = new TrackHistory();
    history.add(1_000, [person(1, 0.2)]);
    expect(history.at(999)).toEqual([]);
    expect(history.at(1_900)).toHaveLength(1);
    expect(history.at(2_100)).toEqual([]);
  });

  it('do not slide over a gap in which nothing was analysed', () => {
    const history = new TrackHistory();
    history.add(1_000, [person(1, 0.2)]);
    history.add(9_000, [person(1, 0.8)]);
    expect(history.at(1_500)[0]?.box[0]).toBe(0.2);
    expect(history.at(5_000)).toEqual([]);
  });

  it('begin anew when the clock of the stream goes back, as a looping file does', () => {
    const history = new TrackHistory();
    history.add(5_000, [person(1, 0.2)]);
    history.add(1_000, [person(7, 0.3)]);
    expect(history.newest().map(({ track }) => track)).toEqual([7]);
    expect(history.at(5_000)).toEqual([]);
  });
});
