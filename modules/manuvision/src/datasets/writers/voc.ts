import { XMLBuilder } from 'fast-xml-parser';
import type { DrawnRegion } from '../../labelling/region.ts';
import type { LeftOut } from '../notes.ts';
import { stemOf } from '../picture-names.ts';
import { boundsOf, wholePixels } from '../regions/shape.ts';
import { regionsToWrite } from './by-region.ts';
import { unsaidNotes } from './unsaid-notes.ts';
import { labelMap, type MaskedRegion, maskedRegions, maskFiles } from './voc-masks.ts';
import { classNamesOf, pictureFile, textFile, type Writer, type WrittenFile, type WrittenPicture } from './writer.ts';

/**
 * Pascal VOC (Everingham et al., 2010): `JPEGImages`, `Annotations` with an XML of the picture's name, and `ImageSets/Main` with the
 * halves. Boxes in whole pixels, the first of which is 1; a picture that nobody labelled has no XML. What is outlined or painted
 * is in masks of objects and classes too, listed in `ImageSets/Segmentation`, whose colours `labelmap.txt` names.
 */
export const writeVoc: Writer = (pictures) => {
  const unsaid: LeftOut[] = [];
  const classes = classNamesOf(pictures);
  const segmented: WrittenPicture[] = [];
  const files = pictures.flatMap((picture) => {
    const own = pictureFile(['JPEGImages'], picture);
    if (picture.label === null) return [own];
    const objects = regionsToWrite(picture, unsaid).filter((region) => boxOf(region, picture) !== undefined);
    const masked = maskedRegions(objects, classes);
    if (masked.length > 0) segmented.push(picture);
    sayWhatIsLost(picture, objects, masked, unsaid);
    const annotation = annotationFile(picture, objects, masked.length > 0);
    return [own, annotation, ...(masked.length > 0 ? maskFiles(picture, masked) : [])];
  });
  const lists = [...listsOf('Main', pictures), ...listsOf('Segmentation', segmented)];
  return { files: [...files, ...lists, ...(segmented.length > 0 ? [labelMap(classes)] : [])], unsaid };
};

const listsOf = (folder: string, pictures: readonly WrittenPicture[]): WrittenFile[] =>
  [...Map.groupBy(pictures, ({ half }) => half ?? 'trainval')].map(([half, own]) =>
    textFile(`ImageSets/${folder}/${half}.txt`, own.map(({ fileName }) => `${stemOf(fileName)}\n`).join('')),
  );

const boxOf = ({ shape }: DrawnRegion, { width, height }: WrittenPicture) =>
  wholePixels(boundsOf(shape), width, height);

function sayWhatIsLost(
  picture: WrittenPicture,
  objects: readonly DrawnRegion[],
  masked: readonly MaskedRegion[],
  unsaid: LeftOut[],
): void {
  const { name } = picture;
  const drawn = objects.filter(({ shape }) => shape.kind !== 'box').length;
  if (drawn > masked.length)
    unsaid.push({ name, reason: unsaidNotes['shapes-boxed']({ count: drawn - masked.length }) });
  const outlines = masked.filter(({ shape }) => shape.kind === 'polygon').length;
  if (outlines > 0) unsaid.push({ name, reason: unsaidNotes['outlines-filled']({ count: outlines }) });
  const boxes = masked.map((region) => boxOf(region, picture)!);
  const overlapping = boxes.filter((a) =>
    boxes.some(
      (b) => a !== b && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
    ),
  ).length;
  if (overlapping > 0) unsaid.push({ name, reason: unsaidNotes['masks-overlap']({ count: overlapping }) });
  const rounded = objects.filter((region) => {
    const [bounds, box] = [boundsOf(region.shape), boxOf(region, picture)!];
    const isSame =
      box.x === bounds.x && box.y === bounds.y && box.width === bounds.width && box.height === bounds.height;
    return region.shape.kind === 'box' && !isSame;
  }).length;
  if (rounded > 0) unsaid.push({ name, reason: unsaidNotes['boxes-rounded']({ count: rounded }) });
}

const builder = new XMLBuilder({ format: true, indentBy: '  ', processEntities: true });

function annotationFile(picture: WrittenPicture, objects: readonly DrawnRegion[], isSegmented: boolean): WrittenFile {
  const { fileName, width, height } = picture;
  const object = objects.map((region) => {
    const box = boxOf(region, picture)!;
    return {
      ...{ name: region.class, pose: 'Unspecified', truncated: 0, difficult: 0 },
      bndbox: { xmin: box.x + 1, ymin: box.y + 1, xmax: box.x + box.width, ymax: box.y + box.height },
    };
  });
  const annotation = {
    ...{ folder: 'JPEGImages', filename: fileName, source: { database: 'Millwright' } },
    ...{ size: { width, height }, segmented: isSegmented ? 1 : 0, object },
  };
  return textFile(`Annotations/${stemOf(fileName)}.xml`, builder.build({ annotation }) as string);
}
