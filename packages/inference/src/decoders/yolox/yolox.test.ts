import { describe, expect, it } from 'vitest';
import { decoded, sparse } from '../../test/constructed-network.ts';

/** 8x8, 4x4 and 2x2 cells of an input of 64 by 64. */
const cells = 64 + 16 + 4;

describe('YOLOX', () => {
  it('works the grid of three strides in', async () => {
    // Cell 3 across and 2 down of stride 8: centre (3.5, 2.25) * 8, size exp(ln 2) * 8 by exp(0) * 8.
    const first = 2 * 8 + 3;
    // Cell 1 across and 1 down of stride 32: centre (1, 1) * 32, size exp(0) * 32.
    const last = 64 + 16 + 3;
    const output = sparse(
      [1, cells, 8],
      [
        ...([
          [[0, first, 0], 0.5],
          [[0, first, 1], 0.25],
          [[0, first, 2], Math.log(2)],
        ] as const),
        ...([
          [[0, first, 4], 0.9],
          [[0, first, 6], 0.8],
        ] as const),
        ...([
          [[0, last, 4], 0.8],
          [[0, last, 7], 0.5],
        ] as const),
      ],
    );
    expect(await decoded({ family: 'yolox' }, { output })).toEqual(['b 0.72 20 14 36 22', 'c 0.40 16 16 48 48']);
  });

  it('takes boxes whose grid the export has worked in as they are', async () => {
    const box = [30, 20, 20, 10, 0.9, 0, 1, 0].map((value, channel) => [[0, 5, channel], value] as const);
    const found = await decoded({ family: 'yolox', decoded: true }, { output: sparse([1, cells, 8], box) });
    expect(found).toEqual(['b 0.90 20 15 40 25']);
  });

  it('is refused when the cells are not those of the input', async () => {
    const output = sparse([1, cells + 1, 8], []);
    await expect(decoded({ family: 'yolox' }, { output })).rejects.toMatchObject({ code: 'INFERENCE_CARD_MISMATCH' });
  });
});
