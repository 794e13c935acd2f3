import { describe, expect, it } from 'vitest';
import { disagreementOf, type PersonsWord } from './disagreement.ts';
import type { DrawnRegion, Shape } from './region.ts';
import { regionOverlap } from './region-overlap.ts';

const size = { width: 100, height: 100 };
const region = (shape: Shape, name = 'dent'): DrawnRegion => ({ class: name, shape });
const box = (x: number, y: number, width: number, height: number): Shape => ({ kind: 'box', x, y, width, height });
const says = (actorId: string, ...regions: DrawnRegion[]): PersonsWord => ({
  ...{ actorId, label: 'defect', class: regions[0]?.class ?? 'dent', regions },
});
const good: PersonsWord = { actorId: 'Gao', label: 'good', class: null, regions: [] };

describe('overlap of regions', () => {
  it('is that of pixels, whatever they were drawn with, each counted once', () => {
    const square = region(box(10, 10, 20, 20));
    const outline = region({ kind: 'polygon', points: [10, 10, 30, 10, 30, 30, 10, 30] });
    // 20 rows of 20 pixels from (10, 10) on, in a mask that begins a row and two columns before.
    const runs = [22, ...Array.from({ length: 20 }, () => [22 - 2, 2]).flat()];
    runs[0] = 22 + 2;
    runs.pop();
    const painted = region({ kind: 'mask', x: 8, y: 9, width: 22, height: 21, runs });
    for (const other of [outline, painted]) expect(regionOverlap([square], [other], size)).toBe(1);
    expect(regionOverlap([square, outline], [region(box(10, 10, 20, 10)), region(box(10, 15, 20, 5))], size)).toBe(0.5);
    expect(regionOverlap([square], [region(box(50, 50, 5, 5))], size)).toBe(0);
    expect(regionOverlap([], [], size)).toBe(1);
  });

  it('is that of the class in which they agree least', () => {
    const one = [region(box(0, 0, 10, 10)), region(box(50, 50, 10, 10), 'stain')];
    const other = [region(box(0, 0, 10, 10)), region(box(55, 50, 10, 10), 'stain')];
    expect(regionOverlap(one, other, size)).toBeCloseTo(1 / 3);
  });
});

describe('disagreement', () => {
  it('is about good or defect before the class, and about the class before the place', () => {
    expect(disagreementOf([good, says('Li'), says('An', region(box(0, 0, 5, 5), 'stain'))], size)).toEqual({
      ...{ about: 'label', iou: null, people: ['Gao', 'Li', 'An'] },
    });
    const dent = says('Li', region(box(0, 0, 5, 5)));
    expect(disagreementOf([dent, says('An', region(box(50, 50, 5, 5), 'stain'))], size)?.about).toBe('class');
    const both = says('An', region(box(0, 0, 5, 5)), region(box(0, 0, 5, 5), 'stain'));
    expect(disagreementOf([dent, both], size)?.about).toBe('class');
    expect(disagreementOf([dent], size)).toBeNull();
    expect(disagreementOf([], size)).toBeNull();
  });

  it('begins where less than half is shared, and names the two who agree least', () => {
    const at = (name: string, x: number) => says(name, region(box(x, 0, 30, 10)));
    expect(disagreementOf([at('Li', 0), at('An', 10)], size)).toBeNull();
    expect(disagreementOf([at('Li', 0), at('An', 11)], size)?.iou).toBeCloseTo(19 / 41);
    expect(disagreementOf([at('Li', 0), at('An', 5), at('Bo', 25)], size)).toMatchObject({ people: ['Li', 'Bo'] });
    // Who drew nothing says nothing about where.
    expect(disagreementOf([at('Li', 0), says('An')], size)).toBeNull();
  });
});
