import { describe, expect, it } from 'vitest';
import { decoded, sparse } from '../../test/constructed-network.ts';

/** 16 by 16 cells of 4 pixels. */
const heat = (...places: readonly (readonly [readonly number[], number])[]) => sparse([1, 3, 16, 16], places);

describe('CenterNet', () => {
  it('takes the peaks of a heatmap with width and height in cells', async () => {
    const heatmap = heat([[0, 1, 5, 6], 0.9], [[0, 1, 5, 7], 0.8], [[0, 1, 9, 9], 0.4], [[0, 2, 5, 7], 0.5]);
    const size = sparse(
      [1, 2, 16, 16],
      [
        ...([
          [[0, 0, 5, 6], 4],
          [[0, 1, 5, 6], 2],
          [[0, 0, 9, 9], 2],
          [[0, 1, 9, 9], 2],
        ] as const),
        ...([
          [[0, 0, 5, 7], 2],
          [[0, 1, 5, 7], 4],
        ] as const),
      ],
    );
    // Centre (24, 20) and 16 by 8; its neighbour of the same class is no peak, the one of another class is.
    expect(await decoded({ family: 'centernet' }, { heatmap, size })).toEqual([
      ...['b 0.90 16 16 32 24', 'c 0.50 24 12 32 28', 'b 0.40 32 32 40 40'],
    ]);
  });

  it('adds the offset of the centre within its cell', async () => {
    const heatmap = heat([[0, 0, 5, 6], 0.9]);
    const size = sparse(
      [1, 2, 16, 16],
      [
        [[0, 0, 5, 6], 4],
        [[0, 1, 5, 6], 2],
      ],
    );
    const offset = sparse(
      [1, 2, 16, 16],
      [
        [[0, 0, 5, 6], 0.5],
        [[0, 1, 5, 6], 0.25],
      ],
    );
    const found = await decoded({ family: 'centernet', offset: 'offset' }, { heatmap, size, offset });
    expect(found).toEqual(['a 0.90 18 17 34 25']);
  });

  it('takes distances to the four sides in pixels, and a heatmap before its sigmoid', async () => {
    const heatmap = heat([[0, 0, 5, 6], 12]);
    const logits = { ...heatmap, data: heatmap.data.map((value) => value - 10) };
    const size = sparse(
      [1, 4, 16, 16],
      [1, 2, 3, 4].map((distance, side) => [[0, side, 5, 6], distance] as const),
    );
    const output = {
      family: 'centernet',
      activation: 'sigmoid',
      extent: 'left-top-right-bottom',
      unit: 'pixel',
    } as const;
    expect(await decoded(output, { heatmap: logits, size })).toEqual(['a 0.88 23 18 27 24']);
  });

  it('is refused when the sizes are two and the card says four', async () => {
    const outputs = { heatmap: heat(), size: sparse([1, 2, 16, 16], []) };
    const output = { family: 'centernet', extent: 'left-top-right-bottom' } as const;
    await expect(decoded(output, outputs)).rejects.toThrow('[1, 4, rows, columns]');
  });
});
