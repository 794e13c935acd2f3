import { XMLBuilder } from 'fast-xml-parser';
import type { LeftOut } from '../notes.ts';
import { stemOf } from '../picture-names.ts';
import { boundsOf, wholePixels } from '../regions/shape.ts';
import { regionsToWrite } from './by-region.ts';
import { unsaidNotes } from './unsaid-notes.ts';
import { pictureFile, textFile, type Writer, type WrittenFile, type WrittenPicture } from './writer.ts';

/**
 * Pascal VOC (Everingham et al., 2010): `JPEGImages`, `Annotations` with an XML of the picture's name, and `ImageSets/Main` with the
 * halves. Boxes in whole pixels, the first of which is 1; a picture that nobody labelled has no XML.
 */
export const writeVoc: Writer = (pictures) => {
  const unsaid: LeftOut[] = [];
  const files = pictures.flatMap((picture) => {
    const own = pictureFile(['JPEGImages'], picture);
    return picture.label === null ? [own] : [own, annotationFile(picture, unsaid)];
  });
  const lists = [...Map.groupBy(pictures, ({ half }) => half ?? 'trainval')].map(([half, own]) =>
    textFile(`ImageSets/Main/${half}.txt`, own.map(({ fileName }) => `${stemOf(fileName)}\n`).join('')),
  );
  return { files: [...files, ...lists], unsaid };
};

const builder = new XMLBuilder({ format: true, indentBy: '  ', processEntities: true });

function annotationFile(picture: WrittenPicture, unsaid: LeftOut[]): WrittenFile {
  const { name, fileName, width, height } = picture;
  const regions = regionsToWrite(picture, unsaid);
  let [boxed, rounded] = [0, 0];
  const object = regions.flatMap(({ class: className, shape }) => {
    const bounds = boundsOf(shape);
    const box = wholePixels(bounds, width, height);
    if (!box) return [];
    if (shape.kind !== 'box') boxed += 1;
    else if (box.x !== bounds.x || box.y !== bounds.y || box.width !== bounds.width || box.height !== bounds.height)
      rounded += 1;
    return {
      ...{ name: className, pose: 'Unspecified', truncated: 0, difficult: 0 },
      bndbox: { xmin: box.x + 1, ymin: box.y + 1, xmax: box.x + box.width, ymax: box.y + box.height },
    };
  });
  if (boxed > 0) unsaid.push({ name, reason: unsaidNotes['shapes-boxed']({ count: boxed }) });
  if (rounded > 0) unsaid.push({ name, reason: unsaidNotes['boxes-rounded']({ count: rounded }) });
  const annotation = {
    ...{ folder: 'JPEGImages', filename: fileName, source: { database: 'Millwright' } },
    ...{ size: { width, height }, segmented: 0, object },
  };
  return textFile(`Annotations/${stemOf(fileName)}.xml`, builder.build({ annotation }) as string);
}
