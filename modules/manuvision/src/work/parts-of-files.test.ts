import { expect, it } from 'vitest';
import type { DrawnRegion } from '../labelling/region.ts';
import { labelledOf } from './parts-of-files.ts';

const file = { name: 'h', fileName: 'a.png', group: 'a.png', path: '/none', className: 'dent', width: 10, height: 8 };
const box: DrawnRegion = { class: 'dent', shape: { kind: 'box', x: 1.2, y: 1, width: 2, height: 1.5 } };
const outline: DrawnRegion = { class: 'dent', shape: { kind: 'polygon', points: [5, 5, 9, 5, 9, 7, 5, 7] } };

it('boxes alone stay boxes of whole pixels; with anything drawn all of it is one mask', async () => {
  expect(labelledOf({ ...file, regions: [] })).not.toHaveProperty('boxes');
  const boxed = labelledOf({ ...file, regions: [box] });
  expect(boxed.boxes).toEqual([{ className: 'dent', x: 1, y: 1, width: 3, height: 2 }]);
  expect(boxed.readMask).toBeUndefined();
  const mask = await labelledOf({ ...file, regions: [box, outline] }).readMask!();
  expect([mask.width, mask.height]).toEqual([10, 8]);
  expect(mask.data.reduce((sum, value) => sum + value)).toBe(2 * 1 + 4 * 2);
  expect([mask.data[5 * 10 + 5], mask.data[7 * 10 + 5]]).toEqual([1, 0]);
});
