import { stringify } from 'yaml';
import type { Shape } from '../../labelling/region.ts';
import type { LeftOut } from '../notes.ts';
import { stemOf } from '../picture-names.ts';
import { outlinesOfMask } from '../regions/mask-outlines.ts';
import { regionsToWrite } from './by-region.ts';
import { unsaidNotes } from './unsaid-notes.ts';
import { classNamesOf, pathOf, pictureFile, textFile, type Writer, type WrittenPicture } from './writer.ts';

/**
 * YOLO (Ultralytics): `images`, `labels` with a text file of the picture's name, `data.yaml`. A box is a class with centre and size, a
 * segment a class with corners, all relative to the picture. A picture that nobody labelled has no text file, a good one an empty one.
 */
export const writeYolo: Writer = (pictures) => {
  const unsaid: LeftOut[] = [];
  const names = classNamesOf(pictures);
  const numberOf = new Map(names.map((name, at) => [name, at]));
  const files = pictures.flatMap((picture) => {
    const { half, label, fileName } = picture;
    const own = pictureFile(['images', half], picture);
    if (label === null) return [own];
    const lines = linesOf(picture, numberOf, unsaid).join('');
    return [own, textFile(pathOf(['labels', half], `${stemOf(fileName)}.txt`), lines)];
  });
  const halves = pictures.some(({ half }) => half !== null);
  const [train, test] = halves ? ['images/train', 'images/test'] : ['images', 'images'];
  const data = stringify({ path: '.', train, val: test, ...(halves ? { test } : {}), names: { ...names } });
  return { files: [textFile('data.yaml', data), ...files], unsaid };
};

function linesOf(picture: WrittenPicture, numberOf: ReadonlyMap<string, number>, unsaid: LeftOut[]): string[] {
  const { name, width, height } = picture;
  let [masks, pieces, holes] = [0, 0, 0];
  const lines = regionsToWrite(picture, unsaid).flatMap(({ class: className, shape }) => {
    const number = numberOf.get(className)!;
    if (shape.kind !== 'mask') return [lineOf(number, shape, width, height)];
    const outlines = outlinesOfMask(shape);
    holes += outlines.holes;
    if (outlines.outer.length > 1) {
      masks += 1;
      pieces += outlines.outer.length;
    }
    return outlines.outer.map((points) => lineOf(number, { kind: 'polygon', points: [...points] }, width, height));
  });
  if (masks > 0) unsaid.push({ name, reason: unsaidNotes['masks-split']({ count: masks, pieces }) });
  if (holes > 0) unsaid.push({ name, reason: unsaidNotes['holes-filled']({ count: holes }) });
  return lines;
}

function lineOf(number: number, shape: Exclude<Shape, { kind: 'mask' }>, width: number, height: number): string {
  const values =
    shape.kind === 'polygon'
      ? shape.points.map((value, at) => value / (at % 2 === 0 ? width : height))
      : [
          ...[(shape.x + shape.width / 2) / width, (shape.y + shape.height / 2) / height],
          ...[shape.width / width, shape.height / height],
        ];
  // Numbers as long as they are: six digits would move an edge of a wide picture by a pixel.
  return `${[number, ...values].join(' ')}\n`;
}
