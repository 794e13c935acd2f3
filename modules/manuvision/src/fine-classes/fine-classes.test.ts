import { seededRandom } from '@millwright/imaging';
import { describe, expect, it } from 'vitest';
import type { LabelledPicture } from '../kinds/inspection.ts';
import { principalComponents } from '../learning/principal-components.ts';
import { rowsOf } from '../learning/rows.ts';
import { adjustedRand } from './agreement.ts';
import { bestMatching } from './best-matching.ts';
import { coarseLabels } from './coarse-labels.ts';
import { contactSheet } from './contact-sheet.ts';
import { selfTrained } from './self-train.ts';
import { stableClusters } from './stable-clusters.ts';

/** Clouds of 20 numbers around so many places, 40 rows each. */
function clouds(count: number, apart: number) {
  const random = seededRandom(4);
  const noise = () => random() + random() + random() - 1.5;
  const labels = Array.from({ length: count * 40 }, (_, row) => row % count);
  const rows = labels.map((label) =>
    Array.from({ length: 20 }, (_, at) => noise() + (at % count === label ? apart : 0)),
  );
  return { labels, rows: rowsOf(rows) };
}

describe('stable clusters', () => {
  it.each([2, 3, 4])('are as many as there are: %i', (count) => {
    const { labels, rows } = clouds(count, 2);
    const found = stableClusters(rows, { random: seededRandom(1) });
    expect(found.count).toBe(count);
    expect(adjustedRand(found.labels, labels)).toBeGreaterThan(0.95);
  });

  it('are none in one cloud, and in a handful of rows', () => {
    expect(stableClusters(clouds(1, 0).rows, { random: seededRandom(1) }).count).toBe(1);
    expect(stableClusters(rowsOf([[1], [2], [9]]), { random: seededRandom(1) })).toMatchObject({ count: 1 });
  });

  it('come nearer to the truth by self-training', () => {
    const { labels, rows } = clouds(2, 1);
    const random = seededRandom(2);
    const spoilt = labels.map((label) => (random() < 0.2 ? 1 - label : label));
    expect(adjustedRand(selfTrained(rows, spoilt, 2), labels)).toBeGreaterThan(adjustedRand(spoilt, labels) + 0.2);
  });
});

it('agreement is 1 for the same partition by other names, and about 0 by chance', () => {
  expect(adjustedRand([0, 0, 1, 1, 2], [5, 5, 3, 3, 4])).toBe(1);
  const random = seededRandom(3);
  const by = () => Array.from({ length: 2000 }, () => Math.floor(random() * 4));
  expect(Math.abs(adjustedRand(by(), by()))).toBeLessThan(0.01);
  // By hand: 2 pairs are together in both, 4 * 4 / 10 would be by chance, 4 at most.
  expect(adjustedRand([0, 0, 0, 1, 1], [0, 0, 1, 1, 1])).toBeCloseTo((2 - 1.6) / (4 - 1.6), 10);
});

it('the best matching is that of all matchings', () => {
  const random = seededRandom(6);
  const orders = (n: number): number[][] =>
    n === 0
      ? [[]]
      : orders(n - 1).flatMap((order) => Array.from({ length: n }, (_, at) => order.toSpliced(at, 0, n - 1)));
  for (let trial = 0; trial < 20; trial++) {
    const gains = Array.from({ length: 5 }, () => Array.from({ length: 5 }, () => Math.floor(random() * 20)));
    const sum = (order: readonly number[]) => order.reduce((all, column, row) => all + gains[row]![column]!, 0);
    expect(sum(bestMatching(gains))).toBe(Math.max(...orders(5).map(sum)));
  }
  expect(bestMatching([[1], [5], [2]])).toEqual([-1, 0, -1]);
});

it('principal components find the line that the rows lie along', () => {
  const random = seededRandom(8);
  const rows = rowsOf(
    Array.from({ length: 50 }, () => [random() * 10].flatMap((t) => [3 * t + random() * 0.1, 4 * t + 7])),
  );
  const { directions } = principalComponents(rows, 2, random);
  expect(Math.abs(directions[0]![0]!)).toBeCloseTo(0.6, 1);
  expect(Math.abs(directions[0]![1]!)).toBeCloseTo(0.8, 1);
});

it('coarse labels are read by picture, by file name or by class', () => {
  const pictures = ['a/x_1.png', 'a/x_2.png', 'y_1.png', 'z_1.png'].map(
    (name): LabelledPicture => ({
      name,
      group: name,
      className: name.at(-7)!,
      read: () => Promise.reject(new Error()),
    }),
  );
  const read = coarseLabels(pictures, 'file,class\r\na/x_1.png,one\nx_2.png;"two"\ny\tthree\n', 't.csv');
  expect(read.pictures.map(({ coarse }) => coarse)).toEqual(['one', 'two', 'three']);
  expect(read).toMatchObject({ finerKnown: false, unlabelled: ['z_1.png'] });
  expect(coarseLabels(pictures, 'x,A\ny,A\nz,A', 't.csv').finerKnown).toBe(true);
  expect(() => coarseLabels(pictures, 'q,A', 't.csv')).toThrow(/labels none/);
});

it('a sheet has a row for each sub-class', () => {
  const grey = { width: 10, height: 5, channels: 1, depth: 8, data: new Uint8Array(50).fill(200) } as const;
  const { width, height, data } = contactSheet([[grey, grey], [grey]]);
  expect([width, height]).toEqual([252, 252]);
  expect(data[(64 * width + 64) * 3]).toBe(200);
  expect(data[(188 * width + 188) * 3]).toBe(32);
});
