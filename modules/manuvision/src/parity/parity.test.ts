import type { Plane } from '@millwright/imaging';
import { describe, expect, it } from 'vitest';
import type { Inspection, InspectionKind, Judgement } from '../kinds/inspection.ts';
import { brightnessKind } from '../kinds/test/brightness-kind.ts';
import { trainInspection } from '../training/train-inspection.ts';
import { compareJudgements, correlation } from './parity.ts';
import type { PlainInspection } from './plain-inspection.ts';

const map = (...values: number[]): Plane => ({ width: values.length, height: 1, data: Float32Array.from(values) });
const saying = (judgements: Partial<Judgement>[]): Inspection => {
  const left = [...judgements];
  return {
    judge: async () => ({
      ...{ score: null, verdict: 'ok', class: null, value: null, confidence: null, boxes: [], heatmap: null },
      ...left.shift(),
    }),
    close: async () => undefined,
  };
};
const picture = { width: 1, height: 1, channels: 1, depth: 8, data: new Uint8Array(1) } as const;
const pictures = ['a', 'b', 'c'].map((name) => ({ name, group: name, read: async () => picture }));
const work = { cache: '', signal: new AbortController().signal, progress: () => undefined };

describe('the parity certificate', () => {
  it('names the largest difference, counts changed decisions, and takes the worst heat map', async () => {
    const trained = saying([
      { score: 1, heatmap: map(1, 2, 3) },
      { score: 2, verdict: 'ng' },
      { score: 3, class: 'dent' },
    ]);
    const exported = saying([
      { score: 1.25, heatmap: map(3, 2, 1) },
      { score: 2, verdict: 'ok' },
      { score: 2.9, class: 'hole' },
    ]);
    const said = [1.25, 2, 2.5].map((score) => ({ score, isRejected: score > 2.2 }));
    const plain: PlainInspection = { judge: async () => said.shift()!, close: async () => undefined };
    expect(await compareJudgements(trained, exported, plain, pictures, work)).toEqual({
      ...{ pictures: 3, maxScoreDifference: 0.25, changedDecisions: 2, heatmapCorrelation: expect.closeTo(-1, 9) },
      plainRuntime: { pictures: 3, maxScoreDifference: expect.closeTo(0.4, 9), changedDecisions: 1 },
    });
  });

  it('correlates maps, even ones too', () => {
    expect(correlation(map(1, 2, 4), map(2, 4, 8))).toBeCloseTo(1, 9);
    // Deviations -1, 0, 1 and 0, 1, -1: -1 / 2.
    expect(correlation(map(1, 2, 3), map(2, 3, 1))).toBeCloseTo(-0.5, 9);
    expect(correlation(map(1, 1), map(1, 1))).toBe(1);
    expect(correlation(map(1, 1), map(1, 2))).toBe(0);
    expect(correlation(map(1, 2), map(1, 2, 3))).toBe(0);
  });

  it('stops an export that judges otherwise than the training path', async () => {
    const drifting: InspectionKind = {
      ...brightnessKind,
      openTrained: async () => saying(pictures.map(() => ({ score: 99, verdict: 'ng' }))),
    };
    const training = {
      kind: drifting,
      parts: { good: pictures, defects: [] },
      settings: {},
      seed: 1,
      falseRejects: 10,
    };
    await expect(trainInspection(training, work)).rejects.toMatchObject({
      ...{ code: 'MANUVISION_PARITY_BROKEN', details: { changedDecisions: 3, pictures: 3 } },
    });
  });
});
