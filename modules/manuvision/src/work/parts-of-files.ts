import { readAs } from '../datasets/read-picture-file.ts';
import { fillShapes } from '../datasets/regions/fill-shapes.ts';
import { wholePixels } from '../datasets/regions/shape.ts';
import type { LabelledBox, LabelledPicture, PartPicture } from '../kinds/inspection.ts';
import type { DefectFile, PartFile } from './messages.ts';

export const partOf = ({ name, group, path, pixels, reading }: PartFile): PartPicture => ({
  ...{ name, group, ...(pixels === undefined ? {} : { pixels }) },
  read: () => readAs(path, reading),
});

/** With the mask of all that was drawn where something is outlined or painted; boxes alone stay boxes. */
export function labelledOf(file: DefectFile): LabelledPicture {
  const { className, regions, width, height } = file;
  const shapes = regions.map(({ shape }) => shape);
  const drawn = shapes.some(({ kind }) => kind !== 'box');
  const boxes = regions.flatMap(({ class: name, shape }): LabelledBox[] => {
    const box = shape.kind === 'box' ? wholePixels(shape, width, height) : undefined;
    return box ? [{ className: name, ...box }] : [];
  });
  return {
    ...{ ...partOf(file), className },
    ...(boxes.length > 0 ? { boxes } : {}),
    ...(drawn ? { readMask: async () => fillShapes(shapes, width, height) } : {}),
  };
}

export const isLabelled = (part: PartPicture): part is LabelledPicture => 'className' in part;
