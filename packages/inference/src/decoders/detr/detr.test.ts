import { describe, expect, it } from 'vitest';
import { decoded, type Numbers } from '../../test/constructed-network.ts';

const rows = (...values: number[][]): Numbers => ({ dims: [1, values.length, values[0]!.length], data: values.flat() });

describe('DETR and RT-DETR', () => {
  const boxes = rows([0.5, 0.25, 0.25, 0.125], [0.5, 0.25, 0.25, 0.125]);

  it('of DETR: a softmax with "nothing" last, one thing per query', async () => {
    // Softmax of (0, ln 7, 0, 0): 0.7; the second query has found nothing.
    const logits = rows([0, Math.log(7), 0, 0], [0, 0, 0, 5]);
    const output = { family: 'detr', activation: 'softmax', background: 'last' } as const;
    expect(await decoded(output, { logits, boxes })).toEqual(['b 0.70 24 12 40 20']);
  });

  it('of RT-DETR: a sigmoid per class, and what two queries say stays two', async () => {
    const logits = rows([-9, -9, 2], [-9, -9, 1]);
    const found = await decoded({ family: 'detr' }, { logits, boxes });
    expect(found).toEqual(['c 0.88 24 12 40 20', 'c 0.73 24 12 40 20']);
  });

  it('of RT-DETR with its own post-processing: boxes in pixels, scores and labels', async () => {
    const outputs = {
      labels: { dims: [1, 2], data: [2, 0] },
      boxes: rows([20, 15, 40, 25], [0, 0, 8, 8]),
      scores: { dims: [1, 2], data: [0.9, 0.1] },
    };
    const names = { boxes: 'boxes', scores: 'scores', labels: 'labels' };
    expect(await decoded({ family: 'detr', form: 'detections', ...names }, outputs)).toEqual(['c 0.90 20 15 40 25']);
  });

  it('are refused when the logits have a class too few', async () => {
    const logits = rows([0, 0], [0, 0]);
    await expect(decoded({ family: 'detr' }, { logits, boxes })).rejects.toThrow('[1, queries, 3]');
  });
});
