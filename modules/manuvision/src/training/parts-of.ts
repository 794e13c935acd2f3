import type { Picture, Plane } from '@millwright/imaging';
import type { DataSet, SoundPicture } from '../datasets/data-set.ts';
import { fillOutlines } from '../datasets/fill-outlines.ts';
import { readMaskFile, readPictureFile } from '../datasets/read-picture-file.ts';
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
  ...{ name: picture.name, group: picture.group },
  read: pictureReaderOf(picture),
});

export const pictureReaderOf =
  (picture: SoundPicture): (() => Promise<Picture>) =>
  () =>
    readPictureFile(picture);

/** Undefined where nobody drew the defect. */
export function maskReaderOf({ mask, outlines, width, height }: SoundPicture): (() => Promise<Plane>) | undefined {
  if (mask) return () => readMaskFile(mask);
  return outlines.length > 0 ? async () => fillOutlines(outlines, width, height) : undefined;
}
