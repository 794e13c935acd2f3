import type { Picture, Plane } from '@millwright/imaging';
import type { DataSet, SoundPicture } from '../datasets/data-set.ts';
import { readMaskFile, readPictureFile } from '../datasets/read-picture-file.ts';
import { fillShapes } from '../datasets/regions/fill-shapes.ts';
import type { LabelledPicture, PartPicture } from '../kinds/inspection.ts';

export const goodParts = ({ pictures }: DataSet): PartPicture[] => pictures.map(partOf);

export const labelledParts = ({ pictures }: DataSet): LabelledPicture[] =>
  pictures.map((picture) => {
    const readMask = maskReaderOf(picture);
    return {
      ...partOf(picture),
      className: picture.className ?? 'defect',
      ...(picture.boxes.length > 0 ? { boxes: picture.boxes } : {}),
      ...(readMask ? { readMask } : {}),
    };
  });

const partOf = (picture: SoundPicture): PartPicture => ({
  ...{ name: picture.name, group: picture.group, pixels: picture.width * picture.height },
  read: pictureReaderOf(picture),
});

export const pictureReaderOf =
  (picture: SoundPicture): (() => Promise<Picture>) =>
  () =>
    readPictureFile(picture);

/** Undefined where nobody drew the defect. */
export function maskReaderOf({ mask, regions, width, height }: SoundPicture): (() => Promise<Plane>) | undefined {
  if (mask) return () => readMaskFile(mask);
  const drawn = regions.map(({ shape }) => shape).filter(({ kind }) => kind !== 'box');
  return drawn.length > 0 ? async () => fillShapes(drawn, width, height) : undefined;
}
