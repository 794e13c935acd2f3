import { describe, expect, it } from 'vitest';
import { decoded, sparse } from '../../test/constructed-network.ts';

/** A distribution over 0 to 7 with all its weight on one distance. */
const sure = (start: number, side: number, distance: number) => [[...[0, start, 3 + side * 8 + distance]], 60] as const;

describe('NanoDet', () => {
  it('takes each side as the mean of a distribution, over all strides in one output', async () => {
    const cells = 64 + 16 + 4 + 1;
    // Cell 3 across and 2 down of stride 8, the point at its corner (24, 16): 1 left, 2 up, 3 right, and 3.5 down, where nothing is sure.
    const cell = 2 * 8 + 3;
    const output = sparse(
      [1, cells, 3 + 32],
      [...([[[0, cell, 1], 0.75], sure(cell, 0, 1), sure(cell, 1, 2), sure(cell, 2, 3)] as const)],
    );
    expect(await decoded({ family: 'nanodet' }, { output })).toEqual(['b 0.75 16 0 48 44']);
  });

  it('reads two outputs per feature map, the points in the middle of the cells', async () => {
    const heads = [
      { scores: 's8', distances: 'd8' },
      { scores: 's16', distances: 'd16' },
    ];
    const logits = (cells: number, places: readonly (readonly [readonly number[], number])[]) => {
      const numbers = sparse([1, cells, 3], places);
      return { ...numbers, data: numbers.data.map((value) => value - 10) };
    };
    const outputs = {
      ...{ s8: logits(64, []), d8: sparse([1, 64, 8], []) },
      // Logit 2 of the sigmoid; cell 1 across and 2 down: point (1.5, 2.5) * 16, half a stride to each side.
      ...{ s16: logits(16, [[[0, 9, 0], 12]]), d16: sparse([1, 16, 8], []) },
    };
    const options = { strides: [8, 16], range: 1, centre: 0.5, activation: 'sigmoid' as const };
    const found = await decoded({ family: 'nanodet', heads, ...options }, outputs);
    expect(found).toEqual(['a 0.88 16 32 32 48']);
  });

  it('is refused when the distributions have another length', async () => {
    const output = sparse([1, 85, 3 + 36], []);
    await expect(decoded({ family: 'nanodet' }, { output })).rejects.toThrow('[1, 85, 35]');
  });
});
