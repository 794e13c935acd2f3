import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readImage } from '../image.ts';
import { runOriginal } from '../test/original-network.ts';
import { samplePicture } from '../test/sample-picture.ts';
import { openPose } from './open-pose.ts';
import type { PoseEstimator } from './pose-estimator.ts';

describe('MoveNet', () => {
  let cache: string;
  let estimator: PoseEstimator;
  const size = { width: 1280, height: 1158 };
  /** A woman who stands alone in the small picture at the top left, and one in the row below. */
  const [alone, inRow] = [
    { x: 20, y: 0, width: 120, height: 158 },
    { x: 245, y: 456, width: 152, height: 684 },
  ];
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'millwright-pose-'));
    estimator = await openPose({ cache });
  });
  afterAll(async () => {
    await estimator.close();
    await rm(cache, { recursive: true });
  });
  const crop = (box: typeof alone) => readImage(samplePicture, estimator.input, estimator.regionFor(box, size));

  it('finds a standing person from head to foot, in pixels of the file', async () => {
    const [pose] = await estimator.estimate([await crop(alone)]);
    const at = (name: string) => pose![estimator.keypoints.indexOf(name)]!;
    expect(pose!.length).toBe(17);
    for (const name of ['nose', 'left shoulder', 'right hip', 'left knee'])
      expect(at(name).score, name).toBeGreaterThan(0.4);
    const heights = ['nose', 'left shoulder', 'left hip', 'left knee', 'left ankle'].map((name) => at(name).y);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    expect(at('nose').x).toBeGreaterThan(50);
    expect(at('nose').x).toBeLessThan(100);
    expect(at('left ankle').y).toBeLessThan(165);
    // She faces the camera: her left is on the right of the picture.
    expect(at('left shoulder').x).toBeGreaterThan(at('right shoulder').x);
  });

  it('gives the keypoints that the original gives on TensorFlow.js', async () => {
    const picture = await crop(inRow);
    const pixels = { data: picture.data, dims: [1, 192, 192, 3], type: 'int32' as const };
    const [original] = await runOriginal('@vladmandic/human/models/movenet-lightning.json', pixels, ['Identity']);
    const [pose] = await estimator.estimate([{ ...picture, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 }]);
    pose!.forEach(({ x, y, score }, keypoint) => {
      // The helper has moved the last of the four axes, the three numbers, before the keypoints.
      const [down, across, expected] = [0, 1, 2].map((number) => original!.data[number * 17 + keypoint]!);
      expect(Math.abs(x - across! * 192)).toBeLessThan(0.5);
      expect(Math.abs(y - down! * 192)).toBeLessThan(0.5);
      expect(Math.abs(score - expected!)).toBeLessThan(0.01);
    });
  });

  it('gives the same for a person alone and among more than fit into one run', async () => {
    const [first, second] = [await crop(alone), await crop(inRow)];
    const [[one], [two]] = [await estimator.estimate([first]), await estimator.estimate([second])];
    const all = await estimator.estimate([...Array(8).fill(first), second]);
    expect(all.length).toBe(9);
    for (const [pose, expected] of [
      [all[7], one],
      [all[8], two],
    ] as const)
      pose!.forEach((keypoint, place) => {
        expect(keypoint.x).toBeCloseTo(expected![place]!.x, 1);
        expect(keypoint.score).toBeCloseTo(expected![place]!.score, 3);
      });
    expect(await estimator.estimate([])).toEqual([]);
  });

  it('cuts a square out around a person, within the picture', () => {
    expect(estimator.regionFor({ x: 500, y: 400, width: 40, height: 100 }, size)).toEqual({
      ...{ x: 457.5, y: 387.5, width: 125, height: 125 },
    });
    expect(estimator.regionFor({ x: -10, y: 1100, width: 40, height: 100 }, size)).toEqual({
      ...{ x: 0, y: 1033, width: 125, height: 125 },
    });
    expect(estimator.regionFor({ x: 0, y: 0, width: 1280, height: 1158 }, size)).toEqual({ x: 0, y: 0, ...size });
  });

  it('refuses a picture of another size, and to run when closed', async () => {
    const picture = await readImage(samplePicture, { ...estimator.input, width: 256 });
    await expect(estimator.estimate([picture])).rejects.toMatchObject({ code: 'INFERENCE_PICTURE_INVALID' });
    const closed = await openPose({ cache });
    await closed.close();
    await expect(closed.estimate([await crop(alone)])).rejects.toMatchObject({ code: 'INFERENCE_CLOSED' });
  });
});
