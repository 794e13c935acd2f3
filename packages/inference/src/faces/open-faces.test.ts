import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Detector } from '../detector.ts';
import { readImage } from '../image.ts';
import { samplePicture } from '../test/sample-picture.ts';
import { headRegion, openFaces } from './open-faces.ts';

describe('BlazeFace', () => {
  let cache: string;
  let faces: Detector;
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'millwright-faces-'));
    faces = await openFaces({ cache });
  });
  afterAll(async () => {
    await faces.close();
    await rm(cache, { recursive: true });
  });

  it('finds the face of the man at the table, in pixels of the file', async () => {
    const region = { x: 326, y: 0, width: 210, height: 156 };
    const picture = await readImage(samplePicture, faces.inputFor(region.width, region.height), region);
    const [found] = await faces.detect([picture]);
    const sure = found!.filter(({ score }) => score > 0.7);
    expect(sure.map(({ label }) => label)).toEqual(['face']);
    const { box } = sure[0]!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    expect(Math.hypot(x - 448, y - 42)).toBeLessThan(20);
    expect(box.width).toBeGreaterThan(20);
    expect(box.width).toBeLessThan(80);
  });

  it('finds no face in a wall', async () => {
    const region = { x: 0, y: 200, width: 200, height: 200 };
    const picture = await readImage(samplePicture, faces.inputFor(200, 200), region);
    expect(await faces.detect([picture])).toEqual([[]]);
  });

  it('looks for a head at the upper end of a standing person', () => {
    expect(headRegion({ x: 100, y: 100, width: 60, height: 240 })).toEqual({ x: 82, y: 85.6, width: 96, height: 96 });
  });
});
