import type { Detection } from '@millwright/inference';
import type { MotRow } from '@millwright/matrixvision';
import { describe, expect, it } from 'vitest';
import { detectionScores } from './average-precision.ts';

const box = (x: number) => ({ x, y: 0, width: 10, height: 20 });
const row = (frame: number, x: number, confidence = 1): MotRow => ({ frame, id: x, box: box(x), confidence });
const found = (x: number, score: number): Detection => ({ box: box(x), score, label: 'person' });

describe('scores of detections', () => {
  it('are worked out by hand for four people, three of them found, and one error', () => {
    const truth = [row(1, 0), row(1, 100), row(2, 0), row(2, 100)];
    const detections = new Map([
      [1, [found(1, 0.9), found(50, 0.8), found(101, 0.7)]],
      [2, [found(0, 0.3)]],
    ]);
    // Best first: right, wrong, right, right. Precision 1, 1/2, 2/3, 3/4 at recall 1/4, 1/4, 1/2, 3/4; made falling: 1, 3/4, 3/4.
    const scores = detectionScores(detections, truth, 0.5);
    expect(scores.averagePrecision).toBeCloseTo(0.25 * 1 + 0.25 * 0.75 + 0.25 * 0.75);
    expect(scores.recall).toBeCloseTo(2 / 4);
    expect(scores.precision).toBeCloseTo(2 / 3);
  });

  it('count a person once, and neither reward nor punish finding one that does not count', () => {
    const detections = new Map([[1, [found(0, 0.9), found(0, 0.8), found(200, 0.7)]]]);
    const scores = detectionScores(detections, [row(1, 0), row(1, 200, 0)], 0.5);
    expect(scores).toMatchObject({ recall: 1, precision: 0.5, averagePrecision: 1 });
  });
});
