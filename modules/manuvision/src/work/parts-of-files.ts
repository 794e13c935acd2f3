import { readPicture } from '@millwright/imaging';
import { fillShapes } from '../datasets/regions/fill-shapes.ts';
import type { LabelledBox, LabelledPicture, PartPicture } from '../kinds/inspection.ts';
import type { DrawnRegion } from '../labelling/region.ts';
import type { DefectFile, PartFile } from './messages.ts';

export const partOf = ({ name, group, path }: PartFile): PartPicture => ({
  name,
  group,
  read: () => readPicture(path),
});

/** With the mask of all that was drawn where something is outlined or painted; boxes alone stay boxes. */
export function labelledOf(file: DefectFile): LabelledPicture {
  const { className, regions, width, height } = file;
  const shapes = regions.map(({ shape }) => shape);
  const drawn = shapes.some(({ kind }) => kind !== 'box');
  const boxes = regions.flatMap(wholeBox);
  return {
    ...{ ...partOf(file), className },
    ...(boxes.length > 0 ? { boxes } : {}),
    ...(drawn ? { readMask: async () => fillShapes(shapes, width, height) } : {}),
  };
}

export const isLabelled = (part: PartPicture): part is LabelledPicture => 'className' in part;

/** The pixels that a box touches. */
function wholeBox({ class: className, shape }: DrawnRegion): LabelledBox[] {
  if (shape.kind !== 'box') return [];
  const [x, y] = [Math.floor(shape.x), Math.floor(shape.y)];
  const [right, bottom] = [Math.ceil(shape.x + shape.width), Math.ceil(shape.y + shape.height)];
  return [{ className, x, y, width: right - x, height: bottom - y }];
}
