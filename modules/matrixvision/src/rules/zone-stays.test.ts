import { describe, expect, it } from 'vitest';
import { observationsOf } from '../test-support/walk.ts';
import { ZoneStays } from './zone-stays.ts';

describe('a zone that is drawn to the border of the picture', () => {
  it('holds a thing whose box reaches over the border', () => {
    const zone = [
      [0.2, 0.5],
      [0.8, 0.5],
      [0.8, 1],
      [0.2, 1],
    ] as [number, number][];
    const stays = new ZoneStays({ zone, anchor: 'foot', graceMs: 1_000, begin: () => null });
    const [over, beside] = observationsOf([
      {
        path: [
          [0.5, 1.004],
          [0.9, 1.004],
        ],
      },
    ]);
    expect(stays.observe(over!)).toHaveLength(1);
    stays.clear();
    expect(stays.observe(beside!)).toHaveLength(0);
  });
});
