import { describe, expect, it } from 'vitest';
import { decoded, type Numbers } from '../../test/constructed-network.ts';

const rows = (...values: number[][]): Numbers => ({ dims: [1, values.length, values[0]!.length], data: values.flat() });
const list = (...values: number[]): Numbers => ({ dims: [1, values.length], data: values });

describe('SSD', () => {
  it('reads class scores per box, with a background first and a softmax to be done', async () => {
    const boxes = rows([0.25, 0.125, 0.5, 0.5], [0, 0, 1, 1]);
    // Softmax of (0, ln 6, 0, ln 2): 0.1, 0.6, 0.1, 0.2. In the second row the background wins.
    const scores = rows([0, Math.log(6), 0, Math.log(2)], [3, 0, 0, 0]);
    const output = { family: 'ssd', form: 'scores', activation: 'softmax', background: 'first' } as const;
    expect(await decoded(output, { boxes, scores })).toEqual(['a 0.60 16 8 32 32']);
  });

  it('reads corners with rows first, pixels, and centres', async () => {
    const scores = rows([0, 0.8, 0]);
    const base = { family: 'ssd', form: 'scores' } as const;
    const turned = await decoded(
      { ...base, coordinates: 'corners-yx' },
      { boxes: rows([0.125, 0.25, 0.5, 0.5]), scores },
    );
    expect(turned).toEqual(['b 0.80 16 8 32 32']);
    const centred = await decoded(
      { ...base, coordinates: 'centre', unit: 'pixel' },
      { boxes: rows([24, 20, 16, 24]), scores },
    );
    expect(centred).toEqual(['b 0.80 16 8 32 32']);
  });

  it('works raw offsets out from prior boxes', async () => {
    // Two cells side by side, one box of half the input each: centres (16, 32) and (48, 32).
    const priors = { maps: [{ rows: 1, columns: 2, boxes: [[0.5, 0.5]] }] } as {
      maps: [{ rows: 1; columns: 2; boxes: [[number, number]] }];
    };
    // The second moves by 0.1 * 2.5 of its width to the left, and its height halves: exp(0.2 * ln(0.5) / 0.2).
    const boxes = rows([0, 0, 0, 0], [-2.5, 0, 0, Math.log(0.5) / 0.2]);
    const scores = rows([0.9, 0, 0], [0, 0, 0.7]);
    const found = await decoded({ family: 'ssd', form: 'scores', priors }, { boxes, scores });
    expect(found).toEqual(['a 0.90 0 16 32 48', 'c 0.70 24 24 56 40']);
  });

  it('reads what a network has suppressed itself, counting classes from 1', async () => {
    const outputs = {
      detection_boxes: rows([0.125, 0.25, 0.5, 0.5], [0.125, 0.25, 0.5, 0.5], [0, 0, 0, 0]),
      ...{ detection_scores: list(0.9, 0.8, 0), detection_classes: list(1, 1, 1) },
    };
    const output = { family: 'ssd', form: 'detections', firstClass: 1, coordinates: 'corners-yx' } as const;
    expect(await decoded(output, outputs)).toEqual(['a 0.90 16 8 32 32', 'a 0.80 16 8 32 32']);
  });

  it('suppresses doubles of a network that does not', async () => {
    const boxes = rows([0, 0, 0.5, 0.5], [0, 0, 0.5, 0.45]);
    const found = await decoded({ family: 'ssd', form: 'scores' }, { boxes, scores: rows([0.6, 0, 0], [0.9, 0, 0]) });
    expect(found).toEqual(['a 0.90 0 0 32 30.08']);
  });

  it('is refused when there are more scores than boxes', async () => {
    const outputs = { boxes: rows([0, 0, 1, 1]), scores: rows([0.9, 0, 0], [0.9, 0, 0]) };
    await expect(decoded({ family: 'ssd', form: 'scores' }, outputs)).rejects.toThrow(
      'the output scores has the shape [1, 2, 3]',
    );
  });
});
