import { pngBytes } from '@millwright/imaging';
import type { DrawnRegion } from '../../labelling/region.ts';
import { shapeSpans } from '../../labelling/shape-spans.ts';
import { mostColours, vocColour } from '../layouts/voc-colours.ts';
import { stemOf } from '../picture-names.ts';
import { textFile, type WrittenFile, type WrittenPicture } from './writer.ts';

/** A region with its numbers in the masks: that among the objects of its picture, and that of its class. */
export interface MaskedRegion extends DrawnRegion {
  readonly object: number;
  readonly classNumber: number;
}

/** What masks can show of the objects of a picture: those that somebody outlined or painted, as far as there are colours. */
export const maskedRegions = (objects: readonly DrawnRegion[], classes: readonly string[]): MaskedRegion[] =>
  objects
    .map((region, at) => ({ ...region, object: at + 1, classNumber: classes.indexOf(region.class) + 1 }))
    .filter(
      ({ shape, object, classNumber }) =>
        shape.kind !== 'box' && object <= mostColours && classNumber >= 1 && classNumber <= mostColours,
    );

/** `SegmentationObject` and `SegmentationClass` of a picture, in the colours of the format. */
export function maskFiles(
  { fileName, width, height }: WrittenPicture,
  regions: readonly MaskedRegion[],
): WrittenFile[] {
  const painted = (number: (region: MaskedRegion) => number) => async () => {
    const data = new Uint8Array(width * height * 3);
    for (const region of regions) {
      const colour = vocColour(number(region));
      const bytes = [colour >> 16, (colour >> 8) & 255, colour & 255];
      for (const { y, from, to } of shapeSpans(region.shape, { width, height }))
        for (let x = from; x < to; x++) data.set(bytes, (y * width + x) * 3);
    }
    return pngBytes({ width, height, channels: 3, depth: 8, data });
  };
  const name = `${stemOf(fileName)}.png`;
  return [
    { name: `SegmentationClass/${name}`, read: painted(({ classNumber }) => classNumber) },
    { name: `SegmentationObject/${name}`, read: painted(({ object }) => object) },
  ];
}

/** Names of the classes by their colours, as CVAT writes them. */
export function labelMap(classes: readonly string[]): WrittenFile {
  const line = (name: string, number: number) => {
    const colour = vocColour(number);
    return `${name.replaceAll(/\s+/g, ' ')}:${colour >> 16},${(colour >> 8) & 255},${colour & 255}::\n`;
  };
  const named = classes.slice(0, mostColours).map((name, at) => line(name, at + 1));
  return textFile('labelmap.txt', ['# label:color_rgb:parts:actions\n', line('background', 0), ...named].join(''));
}
