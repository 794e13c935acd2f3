import type { Plane } from '@millwright/imaging';
import { describe, expect, it } from 'vitest';
import { areaUnderRoc } from './area-under-roc.ts';
import { bestF1, f1At } from './f1.ts';
import { pixelMetrics } from './pixel-metrics.ts';

const plane = (width: number, ...values: number[]): Plane => ({
  ...{ width, height: values.length / width },
  data: Float32Array.from(values),
});
const mapped = (heatmap: Plane, mask: Plane | null) => ({
  ...{ heatmap, width: heatmap.width, height: heatmap.height },
  readMask: async () => mask,
});
const { signal } = new AbortController();

describe('the area under the ROC', () => {
  it('is the share of pairs in the right order, ties counting half', () => {
    // Pairs with 1, 2, 3, 3: of 3 two ranks below and two equal; of 4 all below: (2 + 1 + 4) / 8.
    expect(areaUnderRoc([1, 2, 3, 3], [3, 4])).toBeCloseTo(7 / 8, 12);
    expect(areaUnderRoc([1, 2], [3, 4])).toBe(1);
    expect(areaUnderRoc([3, 4], [1, 2])).toBe(0);
    expect(areaUnderRoc([1, 1], [1, 1])).toBe(0.5);
    expect(areaUnderRoc([], [1])).toBeNull();
  });
});

describe('F1', () => {
  it('counts what is found, missed and wrongly rejected', () => {
    // Above 2.5: both defects of 3, 4 and one good of 3; 1 is missed: 2 * 2 / (2 * 2 + 1 + 1).
    expect(f1At([0, 1, 3], [1, 3, 4], 2.5)).toBeCloseTo(4 / 6, 12);
    expect(f1At([], [], 1)).toBeNull();
  });

  it('is best at some threshold', () => {
    // Rejecting from 3 on gives 4 / 6; from 1 on 6 / 8; from 4 on 2 / 4.
    expect(bestF1([0, 1, 3], [1, 3, 4])).toBeCloseTo(6 / 8, 12);
  });
});

describe('pixels', () => {
  it('are ranked over all pictures', async () => {
    // Clean 1, 2, 3 and faulty 4 and 2: of 4 three pairs, of 2 one and a half, out of six.
    const one = mapped(plane(5, 1, 2, 3, 4, 2), plane(5, 0, 0, 0, 1, 1));
    expect((await pixelMetrics([one], signal)).pixelAUROC).toBeCloseTo(4.5 / 6, 12);
  });

  it('count by region in AUPRO, to a false positive rate of 0.3', async () => {
    // Ten clean pixels of 0 to 9; a region of one pixel at 20, and one of two at 20 and 7.5. Above 8: both regions, the second
    // half, at 2 false positives of 10.
    const clean = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const heat = plane(15, ...clean, 20, -1, 20, 7.5, -2);
    const mask = plane(15, ...clean.map(() => 0), 1, 0, 1, 1, 0);
    // Two more clean pixels part the regions: 12 in all. From 0 on: overlap 0.75 up to 2/12, then 1 up to 0.3.
    const expected = (0.75 * (2 / 12) + 1 * (0.3 - 2 / 12)) / 0.3;
    expect((await pixelMetrics([mapped(heat, mask)], signal)).aupro).toBeCloseTo(expected, 6);
  });

  it('are interpolated at the limit', async () => {
    // All heat is one level: the curve is the diagonal, whose area to 0.3 is 0.045.
    const even = mapped(plane(4, 1, 1, 1, 1), plane(4, 0, 1, 0, 0));
    expect(await pixelMetrics([even], signal)).toMatchObject({ pixelAUROC: 0.5, aupro: expect.closeTo(0.15, 12) });
  });

  it('overlap with the mask from a limit on, and at the best one', async () => {
    const one = mapped(plane(5, 1, 2, 3, 4, 2), plane(5, 0, 0, 0, 1, 1));
    expect(await pixelMetrics([one], signal, 3)).toMatchObject({ iou: 1 / 3, iouMax: 0.5 });
    expect(await pixelMetrics([one], signal)).toMatchObject({ iou: null, iouMax: 0.5 });
  });

  it('say nothing without defects', async () => {
    expect(await pixelMetrics([mapped(plane(2, 1, 2), null)], signal)).toEqual({
      ...{ pixelAUROC: null, aupro: null, iou: null, iouMax: null },
    });
  });

  it('bring a coarse map to the size of the picture', async () => {
    const coarse = { heatmap: plane(2, 0, 1), width: 4, height: 1, readMask: async () => plane(4, 0, 0, 0, 1) };
    expect((await pixelMetrics([coarse], signal)).pixelAUROC).toBe(1);
  });
});
