import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Detector, ImageInput } from '../detector.ts';
import { readImage } from '../image.ts';
import { openDetector } from '../open-detector.ts';
import { samplePicture } from '../test/sample-picture.ts';
import { openDetectorPool } from './detector-pool.ts';

describe('a pool of detectors', () => {
  let cache: string;
  let pool: Detector;
  let pictures: ImageInput[];
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'millwright-pool-'));
    pool = await openDetectorPool({ model: 'centernet', cache, workers: 2, inputSize: 256, labels: ['person'] });
    const regions = [
      { x: 480, y: 380, width: 400, height: 700 },
      { x: 200, y: 380, width: 500, height: 700 },
      { x: 0, y: 200, width: 200, height: 200 },
    ];
    const spec = pool.inputFor(1280, 1158);
    pictures = await Promise.all(regions.map((region) => readImage(samplePicture, spec, region)));
  });
  afterAll(async () => {
    await pool.close();
    await rm(cache, { recursive: true });
  });

  it('knows what the detector in its threads is', async () => {
    const single = await openDetector({ model: 'centernet', cache, inputSize: 256, labels: ['person'] });
    expect(pool).toMatchObject({ name: 'centernet', provider: 'cpu', labels: ['person'], sha256: single.sha256 });
    expect(pool.inputFor(1920, 1080)).toEqual(single.inputFor(1920, 1080));
    await single.close();
  });

  it('answers each of many askers at once with what a single detector finds', async () => {
    const single = await openDetector({ model: 'centernet', cache, inputSize: 256, labels: ['person'] });
    const expected = await single.detect(pictures, { threshold: 0.25 });
    await single.close();
    expect(expected.map(({ length }) => length > 0)).toEqual([true, true, false]);
    const asked = Array.from({ length: 12 }, (_, index) => index % 3);
    const answers = await Promise.all(asked.map((index) => pool.detect([pictures[index]!], { threshold: 0.25 })));
    answers.forEach(([found], place) => {
      expect(found).toEqual(expected[asked[place]!]);
    });
  });

  it('takes pictures over where they are given, and copies them where not', async () => {
    const [kept, given] = [pictures[0]!, { ...pictures[0]!, data: new Uint8Array(pictures[0]!.data) }];
    const [found] = await pool.detect([kept], { threshold: 0.25 });
    expect(await pool.detect([given], { threshold: 0.25, give: true })).toEqual([found]);
    expect([kept.data.length > 0, given.data.length]).toEqual([true, 0]);
  });

  it('leaves the calling thread free while the networks run', async () => {
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 1);
    await Promise.all(Array.from({ length: 8 }, () => pool.detect([pictures[0]!])));
    clearInterval(ticking);
    // A blocked thread would have had no turn at all.
    expect(turns).toBeGreaterThan(3);
  });

  it('hands errors on as they are, and goes on afterwards', async () => {
    const wrong = { ...pictures[0]!, width: 100 };
    const settled = await Promise.allSettled([pool.detect([wrong]), pool.detect([pictures[1]!]), pool.detect([wrong])]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
    await expect(pool.detect([wrong])).rejects.toMatchObject({ code: 'INFERENCE_PICTURE_INVALID', status: 400 });
    expect((await pool.detect([pictures[0]!], { threshold: 0.25 }))[0]!.length).toBeGreaterThan(0);
    await expect(openDetectorPool({ model: 'none', cache })).rejects.toMatchObject({ code: 'INFERENCE_MODEL_UNKNOWN' });
  });

  it('ends what was asked for before it closes, and then takes nothing more', async () => {
    const closing = await openDetectorPool({ model: 'centernet', cache, workers: 1, inputSize: 256 });
    const asked = [pictures[0]!, pictures[1]!].map((picture) => closing.detect([picture], { threshold: 0.25 }));
    await Promise.all([closing.close(), closing.close()]);
    for (const answer of asked) expect((await answer)[0]!.length).toBeGreaterThan(0);
    await expect(closing.detect([pictures[0]!])).rejects.toMatchObject({ code: 'INFERENCE_CLOSED' });
  });
});
