import { describe, expect, it } from 'vitest';
import { evaluateTracking } from './evaluate.ts';
import type { IdentifiedBox } from './frames.ts';

/** A thing of 10 by 10 pixels; things of different rows never touch. */
const at = (frame: number, id: number, row: number, shift = 0): IdentifiedBox => ({
  ...{ frame, id },
  box: { x: 100 + shift, y: 100 * row, width: 10, height: 10 },
});
const life = (id: number, row: number, from: number, to: number, shift = 0): IdentifiedBox[] =>
  Array.from({ length: to - from + 1 }, (_, index) => at(from + index, id, row, shift));

describe('scores of tracking, by hand', () => {
  it('are all 1 for the truth itself', () => {
    const truth = [...life(1, 1, 1, 10), ...life(2, 2, 3, 8)];
    expect(evaluateTracking(truth, truth)).toMatchObject({
      ...{ mota: 1, motp: 1, idf1: 1, idp: 1, idr: 1, recall: 1, precision: 1 },
      ...{ falsePositives: 0, misses: 0, switches: 0, fragmentations: 0, matches: 16, objects: 2, mostlyTracked: 2 },
    });
    const { hota, detA, assA, locA } = evaluateTracking(truth, truth);
    for (const score of [hota, detA, assA, locA]) expect(score).toBeCloseTo(1, 12);
  });

  it('count a track that goes over to another number as one switch, without a fragmentation', () => {
    const truth = life(1, 1, 1, 10);
    const tracked = [...life(7, 1, 1, 6), ...life(8, 1, 7, 10)];
    const scores = evaluateTracking(truth, tracked);
    expect(scores).toMatchObject({ switches: 1, fragmentations: 0, falsePositives: 0, misses: 0 });
    expect(scores.mota).toBeCloseTo(0.9);
    // The better of both tracks holds 6 of 10 boxes.
    expect(scores.idf1).toBeCloseTo(0.6);
    expect(scores.detA).toBeCloseTo(1);
    // 6 boxes are associated by 6/10, 4 by 4/10: (36 + 16) / 100.
    expect(scores.assA).toBeCloseTo(0.52);
    expect(scores.hota).toBeCloseTo(Math.sqrt(0.52));
  });

  it('count a gap as misses and a fragmentation, and a switch across it', () => {
    const truth = life(1, 1, 1, 10);
    const same = evaluateTracking(truth, [...life(7, 1, 1, 3), ...life(7, 1, 6, 10)]);
    expect(same).toMatchObject({ misses: 2, switches: 0, fragmentations: 1, mostlyTracked: 1 });
    const other = evaluateTracking(truth, [...life(7, 1, 1, 3), ...life(8, 1, 6, 10)]);
    expect(other).toMatchObject({ misses: 2, switches: 1, fragmentations: 1 });
    expect(other.mota).toBeCloseTo(0.7);
  });

  it('count what is nowhere as false, and tell mostly, partly tracked and lost apart', () => {
    const truth = [...life(1, 1, 1, 10), ...life(2, 2, 1, 10), ...life(3, 3, 1, 10)];
    const tracked = [...life(1, 1, 1, 8), ...life(2, 2, 1, 2), ...life(3, 3, 1, 1), ...life(9, 9, 1, 4)];
    const scores = evaluateTracking(truth, tracked);
    expect(scores).toMatchObject({ matches: 11, misses: 19, falsePositives: 4, switches: 0 });
    expect(scores).toMatchObject({ mostlyTracked: 1, partlyTracked: 1, mostlyLost: 1 });
    expect(scores.mota).toBeCloseTo(1 - 23 / 30);
    expect(scores.precision).toBeCloseTo(11 / 15);
    expect(scores.idf1).toBeCloseTo((2 * 11) / (30 + 15));
  });

  it('take a box from an overlap of one half on, and weigh overlaps in MOTP, LocA and HOTA', () => {
    // Shifted by a third of its width a box overlaps by (2/3) / (4/3) = 0.5.
    const truth = [{ frame: 1, id: 1, box: { x: 0, y: 0, width: 30, height: 10 } }];
    const shifted = [{ frame: 1, id: 1, box: { x: 10, y: 0, width: 30, height: 10 } }];
    const scores = evaluateTracking(truth, shifted);
    expect(scores).toMatchObject({ matches: 1, motp: 0.5 });
    expect(evaluateTracking(truth, shifted, 0.51)).toMatchObject({ matches: 0, falsePositives: 1, misses: 1 });
    // Right at the 10 thresholds from 0.05 to 0.50, wrong at the 9 above.
    expect(scores.hota).toBeCloseTo(10 / 19);
    expect(scores.detA).toBeCloseTo(10 / 19);
  });

  it('keep a match that still holds, though another box fits better now', () => {
    const truth = life(1, 1, 1, 2);
    const tracked = [at(1, 7, 1), at(2, 7, 1, 3), at(2, 8, 1, 0)];
    expect(evaluateTracking(truth, tracked)).toMatchObject({ switches: 0, falsePositives: 1 });
  });

  it('say nothing false of empty input', () => {
    expect(evaluateTracking([], life(1, 1, 1, 3))).toMatchObject({ falsePositives: 3, truth: 0, mota: Number.NaN });
    expect(evaluateTracking(life(1, 1, 1, 3), [])).toMatchObject({ misses: 3, mota: 0, hota: 0, mostlyLost: 1 });
  });
});
