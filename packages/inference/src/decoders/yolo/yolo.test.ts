import { describe, expect, it } from 'vitest';
import { decoded, type Numbers } from '../../test/constructed-network.ts';

/** Boxes as rows, and the same with channels first. */
const rows = (...boxes: number[][]): Numbers => ({ dims: [1, boxes.length, boxes[0]!.length], data: boxes.flat() });
const columns = (...boxes: number[][]): Numbers => ({
  dims: [1, boxes[0]!.length, boxes.length],
  data: boxes[0]!.flatMap((_, channel) => boxes.map((box) => box[channel]!)),
});

describe('heads of the YOLO family', () => {
  it('multiply objectness and class, as v5 and v7 mean them', async () => {
    const boxes = rows([30, 20, 20, 10, 0.8, 0.1, 0.9, 0.2], [30, 20, 20, 10, 0.2, 0.9, 0, 0]);
    const found = await decoded({ family: 'yolo', form: 'objectness' }, { output: boxes });
    expect(found).toEqual(['b 0.72 20 15 40 25']);
  });

  it('are read with channels first, as v8 to v12 are exported, and with boxes first', async () => {
    const boxes = [
      [30, 20, 20, 10, 0.1, 0.2, 0.9],
      [10, 10, 10, 10, 0.6, 0.2, 0.1],
      [50, 50, 8, 8, 0.1, 0.1, 0.2],
    ];
    const expected = ['c 0.90 20 15 40 25', 'a 0.60 5 5 15 15'];
    for (const output of [columns(...boxes), rows(...boxes)])
      expect(await decoded({ family: 'yolo', form: 'anchor-free' }, { output })).toEqual(expected);
  });

  it('are taken with channels first where both could be meant', async () => {
    const boxes = Array.from({ length: 7 }, (_, box) => [30, 20, 20, 10, 0.1, 0.2, box === 0 ? 0.9 : 0]);
    const found = await decoded({ family: 'yolo', form: 'anchor-free' }, { output: columns(...boxes) });
    expect(found).toEqual(['c 0.90 20 15 40 25']);
  });

  it('end to end (v10) give corners, score and class, and doubles are left to the network', async () => {
    const boxes = rows([20, 15, 40, 25, 0.9, 2], [21, 15, 41, 25, 0.8, 2], [0, 0, 9, 9, 0.1, 0], [0, 0, 9, 9, 0.9, 7]);
    const found = await decoded({ family: 'yolo', form: 'end-to-end' }, { output: boxes });
    expect(found).toEqual(['c 0.90 20 15 40 25', 'c 0.80 21 15 41 25']);
  });

  it('may give fractions of the input', async () => {
    const output = rows([0.5, 0.25, 0.25, 0.125, 0.9, 0, 0]);
    expect(await decoded({ family: 'yolo', form: 'anchor-free', unit: 'fraction' }, { output })).toEqual([
      'a 0.90 24 12 40 20',
    ]);
  });

  it('have doubles suppressed within a class only, and boxes cut off at the edges', async () => {
    const output = rows([10, 10, 40, 40, 0.9, 0, 0], [11, 10, 40, 40, 0.8, 0, 0], [10, 10, 40, 40, 0, 0.7, 0]);
    const found = await decoded({ family: 'yolo', form: 'anchor-free' }, { output });
    expect(found).toEqual(['a 0.90 0 0 30.47 30', 'b 0.70 0 0 30 30']);
  });

  it('are looked at for the classes that are asked for', async () => {
    const output = rows([30, 20, 20, 10, 0.9, 0.5, 0]);
    expect(await decoded({ family: 'yolo', form: 'anchor-free' }, { output }, { labels: ['b'] })).toEqual([
      'b 0.50 20 15 40 25',
    ]);
  });

  it('are refused when their shape is another', async () => {
    const code = 'INFERENCE_CARD_MISMATCH';
    const output = rows([30, 20, 20, 10, 0.9, 0.5]);
    await expect(decoded({ family: 'yolo', form: 'anchor-free' }, { output })).rejects.toMatchObject({ code });
    await expect(decoded({ family: 'yolo', form: 'objectness' }, { output })).rejects.toThrow('[1, 1, 6]');
    const missing = decoded({ family: 'yolo', form: 'end-to-end', output: 'other' }, { output });
    await expect(missing).rejects.toThrow('there is no output other; the network has output');
  });
});
