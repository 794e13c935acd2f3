import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { drawPart, type Picture, writePng } from '@millwright/imaging';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { labelledParts } from '../training/parts-of.ts';
import type { DataSet } from './data-set.ts';
import { openSource } from './open-source.ts';
import { type ReadDataSet, readDataSet } from './read-data-set.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-data-'));
});
afterEach(() => rm(folder, { recursive: true }));

const place = async (name: string): Promise<string> => {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  return join(folder, name);
};
const part = async (name: string, seed: number): Promise<void> => writePng(drawPart(seed).picture, await place(name));
const text = async (name: string, content: string): Promise<void> => writeFile(await place(name), content);
const mask = async (name: string, width = 96, height = 96, from = 10): Promise<void> => {
  const data = new Uint8Array(width * height);
  data.fill(255, from * width, (from + 5) * width);
  await writePng({ width, height, channels: 1, depth: 8, data }, await place(name));
};
const even = (width: number, height: number, value = 128): Picture => ({
  ...{ width, height, channels: 1, depth: 8, data: new Uint8Array(width * height).fill(value) },
});

async function read(options: Partial<ReadDataSet> & { path?: string } = {}): Promise<DataSet> {
  const { path = folder, ...rest } = options;
  const source = await openSource(path);
  try {
    const work = { signal: new AbortController().signal, progress: () => undefined };
    return await readDataSet(source, { role: 'defects', half: 'train', ...rest }, work);
  } finally {
    await source.close();
  }
}
const rows = ({ pictures }: DataSet) => pictures.map(({ name, className }) => [name, className]);
const reasons = ({ leftOut }: DataSet) => leftOut.map(({ name, reason }) => [name, reason.code.split('.')[1]]);

describe('layouts', () => {
  it('reads class folders with masks beside: x.jpg and x.png, or x_mask.png', async () => {
    await sharp(Buffer.from(drawPart(1).picture.data), { raw: { width: 96, height: 96, channels: 1 } })
      .jpeg()
      .toFile(await place('MT_Break/Imgs/a 1.jpg'));
    await mask('MT_Break/Imgs/a 1.png');
    await part('划 痕/b.png', 2);
    await mask('划 痕/b_mask.png');
    await part('good/c.png', 3);
    const set = await read();
    expect(rows(set)).toEqual([
      ['MT_Break/Imgs/a 1.jpg', 'MT_Break'],
      ['划 痕/b.png', '划 痕'],
    ]);
    expect(reasons(set)).toEqual([['good/c.png', 'labelled-good']]);
    const [one, other] = labelledParts(set);
    for (const { readMask } of [one!, other!]) {
      const { data } = await readMask!();
      expect([data[96 * 9], data[96 * 10], data.reduce((sum, value) => sum + value)]).toEqual([0, 1, 96 * 5]);
    }
  });

  it('reads MVTec AD: good parts of train, defects of test with their ground truth', async () => {
    for (const seed of [1, 2]) await part(`bottle/train/good/00${seed}.png`, seed);
    await part('bottle/test/good/000.png', 3);
    await part('bottle/test/broken_large/000.png', 4);
    await mask('bottle/ground_truth/broken_large/000_mask.png');
    expect(rows(await read({ role: 'good' })).map(([name]) => name)).toEqual([
      'bottle/train/good/001.png',
      'bottle/train/good/002.png',
    ]);
    const tested = await read({ half: 'test' });
    expect(rows(tested)).toEqual([['bottle/test/broken_large/000.png', 'broken_large']]);
    expect(tested.pictures[0]!.mask?.name).toBe('bottle/ground_truth/broken_large/000_mask.png');
    expect(rows(await read({ role: 'good', half: 'test' }))).toHaveLength(1);
  });

  it('reads masks of a folder of their own, by path or name', async () => {
    await part('parts/images/a.png', 1);
    await part('parts/images/b.png', 2);
    await mask('truth/a.png');
    const masks = await openSource(join(folder, 'truth'));
    const set = await read({ path: join(folder, 'parts'), masks });
    expect(set.pictures.map((picture) => picture.mask?.name)).toEqual(['a.png', undefined]);
  });

  it('reads COCO: boxes, polygons, names', async () => {
    await part('images/a.png', 1);
    await part('images/b.png', 2);
    const annotations = [
      { image_id: 7, category_id: 3, bbox: [10.2, 20, 30, 40.5], segmentation: [[10, 10, 20, 10, 20, 30, 10, 30]] },
      { image_id: 7, category_id: 4, bbox: [1, 1, 2, 2], segmentation: { counts: [1], size: [2, 2] } },
    ];
    const images = [
      { id: 7, file_name: 'a.png' },
      { id: 8, file_name: 'images/b.png' },
    ];
    const categories = [
      { id: 3, name: '缺 口' },
      { id: 4, name: 'dot' },
    ];
    await text('annotations/instances.json', JSON.stringify({ images, annotations, categories }));
    const set = await read();
    expect(rows(set)).toEqual([['images/a.png', '缺 口']]);
    expect(set.pictures[0]!.boxes).toEqual([
      { className: '缺 口', x: 10, y: 20, width: 31, height: 41 },
      { className: 'dot', x: 1, y: 1, width: 2, height: 2 },
    ]);
    // A picture without annotations is a good one.
    expect(reasons(set)).toEqual([
      ['images/a.png', 'label-size'],
      ['images/b.png', 'labelled-good'],
    ]);
    const filled = await labelledParts(set)[0]!.readMask!();
    expect(filled.data.reduce((sum, value) => sum + value)).toBe(10 * 20);
  });

  it('reads YOLO: boxes and polygons, names of data.yaml', async () => {
    await part('images/a.png', 1);
    await part('images/b.png', 2);
    await text('labels/a.txt', '1 0.5 0.5 0.25 0.5\n0 0.25 0.25 0.5 0.25 0.5 0.5\n');
    await text('labels/b.txt', '0 0.5 half\n');
    await text('data.yaml', 'nc: 2\nnames: [\'long scratch\', "dent, deep"]\n');
    const set = await read();
    expect(set.pictures[0]).toMatchObject({
      className: 'dent, deep',
      boxes: [
        { className: 'dent, deep', x: 36, y: 24, width: 24, height: 48 },
        { className: 'long scratch', x: 24, y: 24, width: 24, height: 24 },
      ],
      regions: [
        { class: 'dent, deep', shape: { kind: 'box', x: 36, y: 24, width: 24, height: 48 } },
        { class: 'long scratch', shape: { kind: 'polygon', points: [24, 24, 48, 24, 48, 48] } },
      ],
    });
    expect(reasons(set)).toEqual([['labels/b.txt', 'no-picture']]);
  });

  it('reads Pascal VOC, and expands no entities', async () => {
    await part('IMAGES/crazing_1.png', 1);
    await part('IMAGES/b.png', 2);
    const object =
      '<object><name>crazing &amp; more</name><bndbox><xmin>1</xmin><ymin>11</ymin><xmax>20</xmax><ymax>30</ymax></bndbox></object>';
    await text('ANNOTATIONS/crazing_1.xml', `<annotation><filename>crazing_1</filename>${object}</annotation>`);
    const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');
    await text(
      'ANNOTATIONS/b.xml',
      `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">${laughs}]><annotation><filename>&l9;</filename></annotation>`,
    );
    const set = await read();
    expect(set.pictures[0]).toMatchObject({
      className: 'crazing & more',
      boxes: [{ className: 'crazing & more', x: 0, y: 10, width: 20, height: 20 }],
    });
  });

  it('reads every page of a stack as a picture of one part', async () => {
    const pages = [1, 2, 3].map((seed) => Buffer.from(drawPart(seed).picture.data));
    await sharp(Buffer.concat(pages), { raw: { width: 96, height: 288, channels: 1, pageHeight: 96 } })
      .tiff()
      .toFile(await place('stack.tif'));
    const { pictures } = await read({ role: 'good' });
    expect(pictures.map(({ name, group }) => [name, group])).toEqual([
      ['stack.tif#1', 'stack.tif'],
      ['stack.tif#2', 'stack.tif'],
      ['stack.tif#3', 'stack.tif'],
    ]);
    expect(new Set(pictures.map(({ pixels }) => pixels)).size).toBe(3);
  });
});

describe('a data set', () => {
  it('has a content address that names, pixels and labels alone decide', async () => {
    await part('dent/a.png', 1);
    await part('dent/b.png', 2);
    const first = await read();
    expect((await read()).version).toBe(first.version);
    const zip = join(folder, '..', `${folder.split('/').at(-1)}.zip`);
    await writeFile(
      zip,
      zipSync({ 'dent/a.png': await bytesOf('dent/a.png'), 'dent/b.png': await bytesOf('dent/b.png') }),
    );
    expect((await read({ path: zip })).version).toBe(first.version);
    await rm(zip);
    await mask('dent/b_mask.png');
    const masked = (await read()).version;
    expect(masked).not.toBe(first.version);
    await mask('dent/b_mask.png', 96, 96, 20);
    expect((await read()).version).not.toBe(masked);
  });

  it('joins what shows the same into one group, and lots by a pattern', async () => {
    for (let seed = 1; seed <= 12; seed++) await part(`lot${seed % 3}_${seed}.png`, seed);
    await part('copy.png', 5);
    const { picture } = drawPart(8);
    // The same part under half as much light, compressed.
    const darker = Buffer.from(picture.data.map((value) => value / 2));
    await sharp(darker, { raw: { width: 96, height: 96, channels: 1 } })
      .jpeg({ quality: 80 })
      .toFile(await place('dark.jpg'));
    const set = await read({ role: 'good' });
    expect(set.alike).toEqual([
      ['copy.png', 'lot2_5.png'],
      ['dark.jpg', 'lot2_8.png'],
    ]);
    expect(set.exactDuplicates).toBe(1);
    const groupOf = (one: DataSet, name: string) => one.pictures.find((picture) => picture.name === name)!.group;
    expect(groupOf(set, 'dark.jpg')).toBe(groupOf(set, 'lot2_8.png'));
    expect(new Set(set.pictures.map(({ group }) => group)).size).toBe(12);
    const lots = await read({ role: 'good', group: /^(lot\d)/ });
    expect(new Set(lots.pictures.map(({ group }) => group)).size).toBe(3);
  });

  it('follows links, and each folder once', async () => {
    await part('real/a.png', 1);
    await mkdir(join(folder, 'linked'));
    await symlink(join(folder, 'real', 'a.png'), join(folder, 'linked', 'b.png'));
    await symlink(folder, join(folder, 'linked', 'round'));
    await symlink(join(folder, 'gone'), join(folder, 'linked', 'gone.png'));
    expect(rows(await read({ path: join(folder, 'linked'), role: 'good' })).map(([name]) => name)).toEqual([
      'b.png',
      'round/real/a.png',
    ]);
  });
});

const bytesOf = async (name: string) =>
  new Uint8Array(await (await import('node:fs/promises')).readFile(join(folder, name)));

describe('bad input', () => {
  it('is listed with its reason, and the rest is used', async () => {
    await part('a.png', 1);
    const whole = await bytesOf('a.png');
    await writeFile(join(folder, 'cut.png'), whole.subarray(0, whole.length / 2));
    await writeFile(join(folder, 'empty.tif'), '');
    await writeFile(join(folder, 'text.jpg'), 'no picture');
    await writeFile(join(folder, 'readme.md'), 'hello');
    await writePng(even(1, 1), join(folder, 'one.png'));
    await writePng(even(40_000, 3), join(folder, 'wide.png'));
    await writePng(even(60, 40, 0), join(folder, 'black.png'));
    const cmyk = await sharp(Buffer.alloc(64 * 64 * 3, 90), { raw: { width: 64, height: 64, channels: 3 } })
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    await writeFile(join(folder, 'cmyk.jpg'), cmyk);
    await writeFile(join(folder, 'bomb.png'), await bomb());
    const set = await read({ role: 'good' });
    expect(set.pictures.map(({ name, width, height }) => `${name} ${width} ${height}`)).toEqual([
      ...['a.png 96 96', 'black.png 60 40', 'cmyk.jpg 64 64', 'one.png 1 1', 'wide.png 40000 3'],
    ]);
    expect(reasons(set)).toEqual([
      ['bomb.png', 'too-large'],
      ['cut.png', 'unreadable'],
      ['empty.tif', 'unreadable'],
      ['readme.md', 'no-picture'],
      ['text.jpg', 'unreadable'],
    ]);
  });

  it('of masks leaves the picture without one', async () => {
    for (const [at, name] of ['size', 'blank', 'cut'].entries()) await part(`dent/${name}.png`, at + 1);
    await mask('dent/size_mask.png', 50, 60);
    await writePng(even(96, 96, 0), join(folder, 'dent/blank_mask.png'));
    await text('dent/cut_mask.png', 'no picture');
    await mask('dent/nobody_mask.png');
    const set = await read();
    expect(set.pictures.map((picture) => picture.mask)).toEqual([undefined, undefined, undefined]);
    expect(reasons(set).sort()).toEqual([
      ['dent/blank.png', 'mask-empty'],
      ['dent/cut.png', 'mask-unreadable'],
      ['dent/nobody_mask.png', 'mask-alone'],
      ['dent/size.png', 'mask-size'],
    ]);
  });

  it('of archives is refused as a whole: paths that lead out, claimed and real bombs, damage', async () => {
    const zip = join(folder, 'x.zip');
    const refused = async (content: Uint8Array, reason: RegExp) => {
      await writeFile(zip, content);
      await expect(read({ path: zip, role: 'good' })).rejects.toMatchObject({
        ...{ code: 'MANUVISION_ZIP_REFUSED', details: { reason: expect.stringMatching(reason) } },
      });
    };
    await refused(zipSync({ '../../etc/passwd': strToU8('x') }), /invalid relative path/);
    await refused(zipSync({ '/etc/passwd': strToU8('x') }), /absolute path/);
    await refused(zipSync({ 'bomb.png': new Uint8Array(40_000_000) }), /unpacks to/);
    const sound = zipSync({ 'a.png': new Uint8Array(3000).map((_, at) => (at * 7919) & 255) });
    await refused(sound.subarray(0, sound.length - 30), /./);
    // Three hundred entries that all point at the same megabyte (Fifield, A better zip bomb, 2019).
    await refused(overlapping(zipSync({ 'a.png': new Uint8Array(1e6) }), 300), /unpacks to/);
  });

  it('of archives that claim less than they hold, or hold archives, is listed', async () => {
    const lying = Buffer.from(
      zipSync({ 'a.png': new Uint8Array(1e6), 'inner.zip': zipSync({ 'b.png': strToU8('x') }) }),
    );
    const [local, central] = [lying.indexOf('PK\x03\x04'), lying.indexOf('PK\x01\x02')];
    lying.writeUInt32LE(10, local + 22);
    lying.writeUInt32LE(10, central + 24);
    await writeFile(join(folder, 'x.zip'), lying);
    const set = await read({ path: join(folder, 'x.zip'), role: 'good' });
    expect([set.pictures, reasons(set)]).toEqual([
      [],
      [
        ['a.png', 'unreadable'],
        ['inner.zip', 'no-picture'],
      ],
    ]);
  });
});

/** An archive of one file whose entry stands in its directory so many times. */
function overlapping(zip: Uint8Array, times: number): Uint8Array {
  const bytes = Buffer.from(zip);
  const [start, end] = [bytes.indexOf('PK\x01\x02'), bytes.indexOf('PK\x05\x06')];
  const entry = bytes.subarray(start, end);
  const tail = Buffer.from(bytes.subarray(end));
  tail.writeUInt16LE(times, 8);
  tail.writeUInt16LE(times, 10);
  tail.writeUInt32LE(entry.length * times, 12);
  return Buffer.concat([bytes.subarray(0, start), ...Array.from({ length: times }, () => entry), tail]);
}

/** A PNG that says it has 60,000 x 60,000 pixels. */
async function bomb(): Promise<Uint8Array> {
  const png = await sharp(Buffer.alloc(16), { raw: { width: 4, height: 4, channels: 1 } })
    .png()
    .toBuffer();
  png.writeUInt32BE(60_000, 16);
  png.writeUInt32BE(60_000, 20);
  const { crc32 } = await import('node:zlib');
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}
