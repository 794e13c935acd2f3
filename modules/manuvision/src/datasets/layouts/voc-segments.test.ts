import { drawPart, pngBytes } from '@millwright/imaging';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { DataSet } from '../data-set.ts';
import { type ReadDataSet, readDataSet } from '../read-data-set.ts';
import { fillShapes } from '../regions/fill-shapes.ts';
import { boundsOf } from '../regions/shape.ts';
import type { Source } from '../source.ts';
import { vocColour, vocVoid } from './voc-colours.ts';

const side = 96;
type Painted = readonly [colour: number, x: number, y: number, width: number, height: number];
const one: Painted = [vocColour(1), 10, 20, 12, 8];
const two: Painted = [vocColour(2), 50, 60, 20, 10];

/** A mask of rectangles, in colours, or as the numbers alone. */
function mask(painted: readonly Painted[], grey = false): Promise<Uint8Array> {
  const channels = grey ? 1 : 3;
  const data = new Uint8Array(side * side * channels);
  for (const [colour, left, top, width, height] of painted)
    for (let y = top; y < top + height; y++)
      for (let x = left; x < left + width; x++)
        data.set(grey ? [colour] : [colour >> 16, (colour >> 8) & 255, colour & 255], (y * side + x) * channels);
  return pngBytes({ width: side, height: side, channels, depth: 8, data });
}

const photograph = (seed: number) =>
  sharp(Buffer.from(drawPart(seed).picture.data), { raw: { width: side, height: side, channels: 1 } })
    .jpeg()
    .toBuffer();
const object = (name: string, [, x, y, width, height]: Painted) =>
  `<object><name>${name}</name><bndbox><xmin>${x + 1}</xmin><ymin>${y + 1}</ymin><xmax>${x + width}</xmax><ymax>${y + height}</ymax></bndbox></object>`;
const annotation = (...objects: string[]) => Buffer.from(`<annotation>${objects.join('')}</annotation>`);

async function read(files: Record<string, Uint8Array>, role: ReadDataSet['role'] = 'all'): Promise<DataSet> {
  const source: Source = {
    ...({ close: async () => undefined } as Source),
    files: Object.entries(files).map(([name, bytes]) => ({ name, bytes: bytes.length, read: async () => bytes })),
  };
  const work = { signal: new AbortController().signal, progress: () => undefined };
  return readDataSet(source, { role, half: 'both' }, work);
}
/** Class, box and pixels of each region. */
const regions = ({ pictures: [picture] }: DataSet) =>
  picture!.regions.map(({ class: name, shape }) => {
    const { x, y, width, height } = boundsOf(shape);
    return [name, shape.kind, x, y, width, height, fillShapes([shape], side, side).data.reduce((a, b) => a + b)];
  });

it('takes objects by the class of the box that they fill, and keeps boxes without a mask', async () => {
  const set = await read({
    'Annotations/a.xml': annotation(object('凹痕', two), object('scratch', one), object('far', [0, 80, 5, 6, 6])),
    'ImageSets/Segmentation/train.txt': Buffer.from('a\n'),
    'JPEGImages/a.jpg': await photograph(1),
    'SegmentationClass/a.png': await mask([one, two]),
    // The border around an object belongs to none.
    'SegmentationObject/a.png': await mask([[vocVoid, 9, 19, 14, 10], one, two]),
  });
  expect(set.leftOut).toEqual([]);
  expect(set.pictures).toMatchObject([{ name: 'JPEGImages/a.jpg', className: '凹痕', good: false }]);
  expect(regions(set)).toEqual([
    ['凹痕', 'mask', 50, 60, 20, 10, 200],
    ['scratch', 'mask', 10, 20, 12, 8, 96],
    ['far', 'box', 80, 5, 6, 6, 36],
  ]);
});

it('takes classes from their masks by the names of labelmap.txt, class_names.txt or the boxes, else by number', async () => {
  const files = { 'JPEGImages/a.jpg': await photograph(1), 'SegmentationClass/a.png': await mask([one, two]) };
  const named = async (more: Record<string, Uint8Array>) => {
    const set = await read({ ...files, ...more });
    expect(set.leftOut).toEqual([]);
    return regions(set)
      .map(([name]) => name)
      .sort();
  };
  const labelmap = '# label:color_rgb:parts:actions\nbackground:0,0,0::\nscratch:128,0,0::\ndent:0,128,0::\n';
  expect(await named({ 'labelmap.txt': Buffer.from(labelmap) })).toEqual(['dent', 'scratch']);
  const names = '__ignore__\n_background_\nscratch\ndent\n';
  expect(await named({ 'class_names.txt': Buffer.from(names) })).toEqual(['dent', 'scratch']);
  expect(await named({ 'Annotations/a.xml': annotation(object('hole', one), object('dent', two)) })).toEqual([
    'dent',
    'hole',
  ]);
  expect(await named({})).toEqual(['1', '2']);
  // Each object then has the class that lies under it.
  const swapped = await mask([
    [two[0], ...one.slice(1)] as unknown as Painted,
    [one[0], ...two.slice(1)] as unknown as Painted,
  ]);
  const set = await read({ ...files, 'labelmap.txt': Buffer.from(labelmap), 'SegmentationObject/a.png': swapped });
  expect(regions(set).map(([name, , x]) => [name, x])).toEqual([
    ['scratch', 10],
    ['dent', 50],
  ]);
});

it('takes numbers as grey values and black and white for what they are, and empty masks for good parts', async () => {
  const files = { 'dent/JPEGImages/a.jpg': await photograph(1) };
  const white: Painted = [255, 30, 30, 5, 5];
  for (const painted of [white, [1, 30, 30, 5, 5], [8, 30, 30, 5, 5]] as const) {
    const set = await read({ ...files, 'dent/SegmentationObject/a.png': await mask([painted], true) });
    expect(regions(set)).toEqual([['dent', 'mask', 30, 30, 5, 5, 25]]);
  }
  const empty = await read({ 'JPEGImages/a.jpg': await photograph(1), 'SegmentationClass/a.png': await mask([]) });
  expect(empty.pictures).toMatchObject([{ className: null, good: true, regions: [] }]);
});

it('lists what it cannot use: masks of another size, without a picture, broken ones, and those of good parts', async () => {
  const set = await read({
    'good/JPEGImages/g.jpg': await photograph(2),
    'good/SegmentationObject/g.png': await mask([one]),
    'JPEGImages/a.jpg': await photograph(1),
    'JPEGImages/b.jpg': await photograph(3),
    'SegmentationObject/a.png': await pngBytes({
      width: 4,
      height: 4,
      channels: 1,
      depth: 8,
      data: new Uint8Array(16),
    }),
    'SegmentationObject/b.png': Buffer.from('no picture'),
    'SegmentationObject/nobody.png': await mask([one]),
  });
  expect(set.pictures.map(({ regions: own }) => own.length)).toEqual([0, 0, 0]);
  expect(set.leftOut.map(({ name, reason }) => [name, reason.code.split('.')[1]])).toEqual([
    ['JPEGImages/a.jpg', 'mask-size'],
    ['JPEGImages/b.jpg', 'mask-unreadable'],
    ['SegmentationObject/nobody.png', 'mask-alone'],
    ['good/JPEGImages/g.jpg', 'mask-of-good'],
  ]);
});
