import { describe, expect, it } from 'vitest';
import { heatCells } from './heat-option.ts';

describe('heatCells', () => {
  it('places what is known and leaves the rest blank', () =>
    expect(
      heatCells([
        { date: '2024-03-30', weekday: 6, hours: [4, null] },
        { date: '2024-03-31', weekday: 7, hours: [null, 0] },
      ]),
    ).toEqual([
      [0, 0, 4],
      [1, 1, 0],
    ]));
});
