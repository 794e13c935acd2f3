import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectedComponents } from './components.ts';
import { gaussianBlur } from './gaussian-blur.ts';
import { greyPlane } from './grey-plane.ts';
import { rgbBytes, shrunkRgb } from './picture-bytes.ts';
import { readPicture } from './read-picture.ts';
import { resizePlane } from './resize.ts';
import { writeGreyPng } from './test/index.ts';
import { warp } from './warp.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-imaging-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ramp = { width: 4, height: 2, data: Float32Array.from([0, 0.2, 0.4, 0.6, 0.2, 0.4, 0.6, 1]) };

describe('a picture', () => {
  it('of grey comes back as it was written', async () => {
    const path = join(folder, 'ramp.png');
    await writeGreyPng(ramp, path);
    const picture = await readPicture(path);
    expect(picture).toMatchObject({ width: 4, height: 2, channels: 1, depth: 8 });
    expect(Array.from(greyPlane(picture).data, (value) => Number(value.toFixed(2)))).toEqual([
      0, 0.2, 0.4, 0.6, 0.2, 0.4, 0.6, 1,
    ]);
    expect(rgbBytes(picture).length).toBe(24);
  });

  it('is shrunk by the mean of what each pixel covers, of a part and with edges that do not go into the factor', () => {
    const data = Uint16Array.from({ length: 7 * 5 }, (_, at) => (at % 7) * 257 * 10);
    const area = { x: 1, y: 0, width: 5, height: 5 };
    const { width, height, bytes } = shrunkRgb({ width: 7, height: 5, channels: 1, depth: 16, data }, area, 2);
    expect([width, height]).toEqual([2, 2]);
    // Columns 1 and 2, then 3 to 5.
    expect([...bytes]).toEqual([15, 15, 15, 40, 40, 40, 15, 15, 15, 40, 40, 40]);
  });

  it('keeps its 16 bits', async () => {
    const samples = Uint16Array.from([0, 1000, 40_000, 65_535]);
    const path = join(folder, 'deep.png');
    await sharp(samples, { raw: { width: 2, height: 2, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toFile(path);
    const picture = await readPicture(path);
    expect(picture).toMatchObject({ channels: 1, depth: 16 });
    expect([...picture.data]).toEqual([...samples]);
  });

  it('is turned as the camera noted, and CMYK becomes colours of a screen', async () => {
    const turned = join(folder, 'turned.jpg');
    const raw = { width: 40, height: 20, channels: 3 as const, background: { r: 200, g: 30, b: 30 } };
    await sharp({ create: raw }).withMetadata({ orientation: 6 }).jpeg().toFile(turned);
    expect(await readPicture(turned)).toMatchObject({ width: 20, height: 40, channels: 3 });
    const cmyk = join(folder, 'cmyk.jpg');
    await sharp({ create: raw }).toColourspace('cmyk').jpeg().toFile(cmyk);
    const { channels, data } = await readPicture(cmyk);
    expect(channels).toBe(3);
    expect(data[0]).toBeGreaterThan(150);
    expect(data[2]).toBeLessThan(90);
  });

  it('is refused before it is decoded when it is too large, and when it is none', async () => {
    const path = join(folder, 'wide.png');
    await sharp({ create: { width: 40_000, height: 10, channels: 3, background: 'black' } })
      .png()
      .toFile(path);
    await expect(readPicture(path, { maxPixels: 100_000 })).rejects.toMatchObject({
      code: 'IMAGING_PICTURE_TOO_LARGE',
    });
    expect(await readPicture(path)).toMatchObject({ width: 40_000, height: 10 });
    await expect(readPicture(Buffer.from('no picture'))).rejects.toMatchObject({ code: 'IMAGING_PICTURE_UNREADABLE' });
    await expect(readPicture(folder)).rejects.toMatchObject({ code: 'IMAGING_PICTURE_UNREADABLE' });
    await expect(readPicture(join(folder, 'none.png'))).rejects.toMatchObject({ code: 'IMAGING_PICTURE_MISSING' });
  });
});

describe('a plane', () => {
  it('keeps its mean when it is blurred or shrunk', () => {
    const flat = { width: 9, height: 7, data: new Float32Array(63).fill(0.25) };
    for (const value of gaussianBlur(flat, 1.5).data) expect(value).toBeCloseTo(0.25, 5);
    expect([...resizePlane(ramp, 2, 1).data].map((value) => Number(value.toFixed(3)))).toEqual([0.2, 0.65]);
    expect([...resizePlane(ramp, 8, 2).data.subarray(0, 2)]).toEqual([0, expect.closeTo(0.05)]);
  });

  it('is seen through a transform', () => {
    expect([...warp(ramp, 2, 2, [1, 0, 1, 0, 1, 0, 0, 0, 1]).data].map((v) => Number(v.toFixed(1)))).toEqual([
      0.2, 0.4, 0.4, 0.6,
    ]);
  });
});

it('regions of a mask are told apart', () => {
  const mask = [1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1];
  const { components } = connectedComponents(mask, 4, 3);
  expect(components).toMatchObject([
    { label: 1, area: 2, x: 0, y: 0, width: 2, height: 2 },
    { label: 2, area: 3, x: 3, y: 0, width: 1, height: 3, centreX: 3, centreY: 1 },
  ]);
  expect(connectedComponents(mask, 4, 3, 4).components).toHaveLength(3);
});
