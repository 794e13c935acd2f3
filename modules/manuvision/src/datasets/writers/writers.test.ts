import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { drawPart, pngBytes, readPicture } from '@millwright/imaging';
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { datasetsConvertVerb } from '../../cli/datasets-convert-verb.ts';
import type { DrawnRegion, Shape } from '../../labelling/region.ts';
import type { LeftOut } from '../notes.ts';
import { openSource } from '../open-source.ts';
import { picturesToWrite } from '../pictures-to-write.ts';
import { fillShapes } from '../regions/fill-shapes.ts';
import { byName, type Source } from '../source.ts';
import { type DataSetFormat, dataSetFormats } from './formats.ts';
import { type LaidOut, layOut, type PictureToWrite } from './lay-out.ts';
import { writeSet } from './write-set.ts';
import { zipFiles } from './zip-files.ts';

const side = 48;
const box: Shape = { kind: 'box', x: 4, y: 6, width: 10, height: 8 };
const polygon: Shape = { kind: 'polygon', points: [20, 20, 40, 20, 40.5, 36.25] };
/** A ring of 3 x 3 pixels, and a pixel that meets it at a corner. */
const mask: Shape = { kind: 'mask', x: 30, y: 2, width: 4, height: 4, runs: [0, 3, 1, 1, 1, 1, 1, 3, 4, 1] };
const region = (name: string, shape: Shape): DrawnRegion => ({ class: name, shape });

let bytes: Uint8Array[];
beforeAll(async () => {
  bytes = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((seed) => pngBytes(drawPart(seed, { width: side, height: side }).picture)),
  );
});
const picture = (at: number, name: string, said: Partial<PictureToWrite>): PictureToWrite => ({
  ...{ name, ending: '.png', width: side, height: side, group: name, half: null },
  ...{ label: 'defect', className: null, regions: [] },
  read: async () => bytes[at]!,
  ...said,
});
const scratched = (regions: DrawnRegion[], name = 'x/scratch.png') =>
  picture(2, name, { className: regions[0]?.class ?? 'long scratch', regions });
const set = (regions: DrawnRegion[]): PictureToWrite[] => [
  picture(0, 'a/1.png', { label: 'good' }),
  picture(1, 'b/1.png', { label: 'good' }),
  scratched(regions),
  picture(3, 'unknown.png', { label: null }),
];

/** As an archive that was opened: files by name. */
const sourceOf = ({ files }: LaidOut): Source => ({
  ...{ path: 'memory', inputs: [], close: async () => undefined },
  files: files.map(({ name, read }) => ({ name, bytes: 1, read: async () => read() })).sort(byName),
});
const work = { signal: new AbortController().signal, progress: () => undefined };

async function readBack(source: Source): Promise<{ pictures: PictureToWrite[]; leftOut: LeftOut[] }> {
  const leftOut: LeftOut[] = [];
  const pictures: PictureToWrite[] = [];
  for await (const one of picturesToWrite(source, { half: 'both' }, leftOut, work)) pictures.push(one);
  return { pictures, leftOut };
}
const roundTrip = async (format: DataSetFormat, pictures: PictureToWrite[]) => {
  const laidOut = layOut(format, pictures);
  const back = await readBack(sourceOf(laidOut));
  expect(back.leftOut).toEqual([]);
  return { ...back, unsaid: codesOf(laidOut), names: laidOut.files.map(({ name }) => name).sort() };
};
const codesOf = ({ report }: LaidOut) =>
  report.unsaid.map(({ name, reason }) => `${name} ${reason.code.split('.')[1]}`);
const said = (pictures: readonly PictureToWrite[]) =>
  Object.fromEntries(
    pictures.map(({ name, label, className, regions }) => [name.split('/').at(-1), { label, className, regions }]),
  );
/** Numbers relative to the picture come back with the last bits rounded. */
const rounded = (regions: readonly DrawnRegion[]) =>
  JSON.parse(JSON.stringify(regions), (_, value) => (typeof value === 'number' ? Number(value.toFixed(9)) : value));
const renamed = ['a/1.png renamed', 'b/1.png renamed'];

describe('round trips', () => {
  it('COCO keeps everything: boxes, polygons, masks with holes, classes of any letters', async () => {
    const regions = [region('划 痕 "deep" <&>', box), region('b', polygon), region('划 痕 "deep" <&>', mask)];
    const { pictures, unsaid, names } = await roundTrip('coco', set(regions));
    expect(said(pictures)).toEqual({
      'a_1.png': { label: 'good', className: null, regions: [] },
      'b_1.png': { label: 'good', className: null, regions: [] },
      'scratch.png': { label: 'defect', className: '划 痕 "deep" <&>', regions },
      'unknown.png': { label: null, className: null, regions: [] },
    });
    expect(unsaid).toEqual(renamed);
    expect(names).toContain('annotations/instances.json');
  });

  it('YOLO keeps boxes and polygons; masks become outlines, which it says', async () => {
    const name = 'a: "b", {c} #d';
    const { pictures, unsaid } = await roundTrip('yolo', set([region(name, box), region('b', polygon)]));
    const back = said(pictures);
    expect(back['scratch.png']).toMatchObject({ label: 'defect', className: name });
    expect(rounded(back['scratch.png']!.regions)).toEqual([region(name, box), region('b', polygon)]);
    expect([back['a_1.png']!.label, back['unknown.png']!.label]).toEqual(['good', null]);
    expect(unsaid).toEqual(renamed);
    const masked = await roundTrip('yolo', [scratched([region('ring', mask)])]);
    expect(rounded(masked.pictures[0]!.regions)).toEqual([
      region('ring', { kind: 'polygon', points: [33, 2, 33, 5, 30, 5, 30, 2] }),
      region('ring', { kind: 'polygon', points: [34, 5, 34, 6, 33, 6, 33, 5] }),
    ]);
    expect(masked.unsaid).toEqual(['x/scratch.png masks-split', 'x/scratch.png holes-filled']);
  });

  it('Pascal VOC keeps boxes, and masks to the pixel; outlines become masks, which it says', async () => {
    const name = '划 痕: "deep" <&>';
    const { pictures, unsaid, names } = await roundTrip('voc', set([region(name, box), region('b', mask)]));
    const back = said(pictures);
    // What no mask shows comes after what one does.
    expect(back['scratch.png']).toEqual({
      ...{ label: 'defect', className: name },
      regions: [region('b', mask), region(name, box)],
    });
    expect([back['a_1.png']!.label, back['unknown.png']!.label]).toEqual(['good', null]);
    expect(unsaid).toEqual(renamed);
    expect(names).toEqual(expect.arrayContaining(['ImageSets/Main/trainval.txt', 'SegmentationObject/scratch.png']));
    const outlined = await roundTrip('voc', [scratched([region('b', polygon)])]);
    const [filled] = outlined.pictures[0]!.regions;
    expect(filled).toMatchObject({ class: 'b', shape: { kind: 'mask' } });
    expect(fillShapes([filled!.shape], side, side)).toEqual(fillShapes([polygon], side, side));
    expect(outlined.unsaid).toEqual(['x/scratch.png outlines-filled']);
  });

  it('Pascal VOC tells masks of one box apart by their numbers, and says where they overlap', async () => {
    const square = (runs: number[]): Shape => ({ kind: 'mask', x: 10, y: 10, width: 4, height: 4, runs });
    // A frame and what is in it; and the two halves of a square along its diagonal, of the same box.
    const frame = square([0, 5, 2, 2, 2, 5]);
    const inside: Shape = { kind: 'mask', x: 11, y: 11, width: 2, height: 2, runs: [0, 4] };
    const [upper, lower] = [square([0, 4, 1, 3, 2, 2, 3, 1]), square([4, 1, 3, 2, 2, 3, 1])];
    const first = await roundTrip('voc', [scratched([region('b', inside), region('a', frame)])]);
    expect(
      said(first.pictures)
        ['scratch.png']!.regions.map((one: DrawnRegion) => one.class)
        .sort(),
    ).toEqual(['a', 'b']);
    expect(first.unsaid).toEqual(['x/scratch.png masks-overlap']);
    const halves = await roundTrip('voc', [scratched([region('z', upper), region('a', lower)])]);
    const { regions } = said(halves.pictures)['scratch.png']!;
    expect(regions.find((one: DrawnRegion) => one.class === 'z')).toEqual(region('z', upper));
    expect(regions.find((one: DrawnRegion) => one.class === 'a')!.shape).toMatchObject({ kind: 'mask', x: 10, y: 11 });
  });

  it('mask pairs keep a mask to the pixel; what it joins it says', async () => {
    const { pictures, unsaid, names } = await roundTrip('masks', set([region('long scratch', mask)]));
    expect(said(pictures)['scratch.png']).toEqual({
      ...{ label: 'defect', className: 'long scratch', regions: [region('long scratch', mask)] },
    });
    expect(said(pictures)['unknown.png']!.label).toBeNull();
    expect(unsaid).toEqual(renamed);
    expect(names).toContain('long scratch/masks/scratch.png');
    const both = await roundTrip('masks', [scratched([region('dent', box), region('b', mask)])]);
    expect(both.unsaid).toEqual(
      ['classes-joined', 'boxes-filled', 'regions-joined'].map((code) => `x/scratch.png ${code}`),
    );
    expect(both.pictures[0]!.className).toBe('dent');
  });

  it('MVTec AD keeps masks and halves, and leaves out what nobody labelled', async () => {
    const halved = set([region('dent', mask)]).map(
      (one, at) => ({ ...one, half: at === 0 ? 'test' : 'train' }) as const,
    );
    const { pictures, unsaid, names } = await roundTrip('mvtec', halved);
    expect(pictures.map(({ name, half }) => [name, half])).toEqual([
      ['test/dent/scratch.png', 'test'],
      ['test/good/a_1.png', 'test'],
      ['train/good/b_1.png', 'train'],
    ]);
    expect(pictures[0]!.regions).toEqual([region('dent', mask)]);
    expect(names).toContain('ground_truth/dent/scratch_mask.png');
    expect(unsaid).toEqual([...renamed, 'x/scratch.png half-changed', 'unknown.png no-label']);
  });

  it('folders keep classes, also those that a folder cannot be called', async () => {
    const classes = ['good', 'test', 'a/b', '..', 'CON', '划 痕', 'Dent', 'dent', ' '];
    const pictures = classes.map((name, at) => picture(at % 6, `${at}.png`, { className: name }));
    const { pictures: back, names, unsaid } = await roundTrip('folders', pictures);
    expect(back.every(({ label }) => label === 'defect')).toBe(true);
    expect(names.filter((name) => name.endsWith('.png'))).toEqual(
      [
        ...['Dent/6.png', '_/8.png', '_-2/3.png', '_CON/4.png', 'a_b/2.png', 'defect good/0.png', 'defect test/1.png'],
        ...['dent-2/7.png', '划 痕/5.png'],
      ].sort(),
    );
    expect(unsaid.filter((one) => one.endsWith('class-renamed'))).toHaveLength(7);
    const lost = await roundTrip('folders', [scratched([region('dent', mask)])]);
    expect(lost.unsaid).toEqual(['x/scratch.png regions-left-out']);
  });

  it.each(dataSetFormats)('%s keeps the halves of a split, and a defect that nobody drew', async (format) => {
    const pictures = [
      picture(0, 'good 1.png', { label: 'good', half: 'train' }),
      picture(1, 'good 2.png', { label: 'good', half: 'test' }),
      picture(2, 'dent.png', { className: 'dent', half: 'test' }),
    ];
    const { pictures: back, unsaid } = await roundTrip(format, pictures);
    const rows = back.map(({ name, label, className, half }) => [name.split('/').at(-1), label, className, half]);
    expect(rows.sort()).toEqual([
      ['dent.png', 'defect', 'dent', 'test'],
      ['good 1.png', 'good', null, 'train'],
      ['good 2.png', 'good', null, 'test'],
    ]);
    const byRegion = ['coco', 'yolo', 'voc'].includes(format);
    expect(unsaid).toEqual(byRegion ? ['dent.png whole-picture'] : []);
  });
});

describe('names', () => {
  it('lead nowhere else, are no mask’s, and are told apart without their endings', () => {
    const names = ['../../etc/passwd.png', 'C:\\x\\y.png', 'a_mask.png', 'p.png', 'q/P.jpg', 'stack.tif#2', '.png'];
    const { files, report } = layOut(
      'folders',
      names.map((name) => picture(0, name, { label: 'good', ending: name.endsWith('.jpg') ? '.jpg' : '.png' })),
    );
    expect(files.map(({ name }) => name)).toEqual([
      ...['good/passwd.png', 'good/C__x_y.png', 'good/a_mask-picture.png', 'good/p.png', 'good/q_P.jpg'],
      ...['good/stack-2.png', 'good/_png.png', 'millwright-export.json'],
    ]);
    expect(report.unsaid.filter(({ reason }) => reason.code.endsWith('renamed'))).toHaveLength(5);
  });

  it('of parts and lots are told as lost', () => {
    const { report } = layOut('coco', [picture(0, 'a.png', { group: 'lot' }), picture(1, 'b.png', { group: 'lot' })]);
    expect(report.unsaid.at(0)!.reason).toMatchObject({
      code: 'manuvision-export.groups-left-out',
      values: { count: 2 },
    });
  });
});

describe('writing', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millwright-export-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const place = async (name: string): Promise<string> => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    return join(folder, name);
  };

  it('a ZIP reads back as the folder does, and the same content gives the same bytes', async () => {
    const laidOut = layOut('coco', set([region('dent', mask)]));
    const [zip, again, plain] = [join(folder, 'x.zip'), join(folder, 'y.zip'), join(folder, 'plain')];
    await writeSet(laidOut.files, zip, work);
    await writeSet(laidOut.files, again, work);
    await mkdir(plain);
    await writeSet(laidOut.files, plain, work);
    expect(await readFile(zip)).toEqual(await readFile(again));
    const [packed, lying] = await Promise.all([openSource(zip), openSource(plain)]);
    expect(said((await readBack(packed)).pictures)).toEqual(said((await readBack(lying)).pictures));
    await packed.close();
    // What is there is never written over, and a draft never stays.
    for (const place of [zip, plain])
      await expect(writeSet(laidOut.files, place, work)).rejects.toMatchObject({ code: 'MANUVISION_OUT_EXISTS' });
    const broken = [...laidOut.files, { name: 'z.png', read: async () => Promise.reject(new Error('gone')) }];
    for (const place of ['broken.zip', 'broken'])
      await expect(writeSet(broken, join(folder, place), work)).rejects.toThrow('gone');
    const stopped = { ...work, signal: AbortSignal.abort() };
    await expect(writeSet(laidOut.files, join(folder, 'stopped'), stopped)).rejects.toThrow();
    expect((await readdir(folder)).sort()).toEqual(['plain', 'x.zip', 'y.zip']);
    await writeFile(join(folder, 'file'), '');
    await expect(writeSet(laidOut.files, join(folder, 'file', 'x'), work)).rejects.toMatchObject({
      ...{ code: 'MANUVISION_OUT_FAILED', details: { reason: 'a file is in its way' } },
    });
  });

  it('of the command line turns what the camera turned, parts stacks, and lists what it leaves out', async () => {
    const pages = [1, 2].map((seed) => Buffer.from(drawPart(seed, { width: side, height: side }).picture.data));
    await sharp(Buffer.concat(pages), { raw: { width: side, height: 2 * side, channels: 1, pageHeight: side } })
      .tiff()
      .toFile(await place('in/good/stack.tif'));
    const lying = { width: 40, height: 20, channels: 1 } as const;
    const deep = new Uint16Array(40 * 20).map((_, at) => at * 80);
    await sharp(deep, { raw: lying })
      .toColourspace('grey16')
      .png()
      .toFile(await place('in/good/deep.png'));
    await sharp(Buffer.alloc(800, 90), { raw: lying })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toFile(await place('in/dent/turned.jpg'));
    await writeFile(await place('in/notes.md'), 'hello');
    const out = join(folder, 'out');
    const run = (options: Record<string, string>) =>
      datasetsConvertVerb.run({
        ...{ arguments: { PICTURES: join(folder, 'in') }, options, signal: work.signal, progress: work.progress },
      } as never);
    const answer = await run({ format: 'coco', out });
    expect(answer).toMatchObject({
      ...{ images: 4, good: 3, classes: { dent: 1 }, out },
      leftOut: [{ file: 'notes.md', code: 'manuvision-data.no-picture' }],
    });
    expect((await readdir(join(out, 'images'))).sort()).toEqual([
      ...['deep.png', 'stack-1.png', 'stack-2.png', 'turned.png'],
    ]);
    const turned = await readPicture(join(out, 'images', 'turned.png'));
    expect([turned.width, turned.height]).toEqual([20, 40]);
    expect((await readPicture(join(out, 'images', 'deep.png'))).data).toEqual(deep);
    expect(datasetsConvertVerb.print!(answer as never)).toContain('left out   notes.md: it is neither');
    await expect(run({ format: 'xml', out })).rejects.toMatchObject({ code: 'MANUVISION_OPTION_INVALID' });
  });

  it('breaks off where a picture cannot be read', async () => {
    const files = [{ name: 'a.png', read: async () => Promise.reject(new Error('gone')) }];
    await expect(zipFiles(files).toArray()).rejects.toThrow('gone');
  });
});
