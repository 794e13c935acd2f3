import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Detection, Detector, ImageInput } from './detector.ts';
import { readImage } from './image.ts';
import { openDetector } from './open-detector.ts';
import { runOriginal } from './test/original-network.ts';
import { samplePicture } from './test/sample-picture.ts';

describe('the bundled CenterNet', () => {
  let cache: string;
  let detector: Detector;
  let picture: ImageInput;
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'millwright-inference-'));
    detector = await openDetector({ model: 'centernet', cache });
    picture = await readImage(samplePicture, detector.inputFor(1280, 1158));
  });
  afterAll(async () => {
    await detector.close();
    await rm(cache, { recursive: true });
  });

  const people = (detections: readonly Detection[] | undefined) =>
    (detections ?? []).filter(({ label, score }) => label === 'person' && score > 0.3);

  const clipped = (value: number) => Math.min(Math.max(value, 0), 512);

  it('asks for a picture of the aspect ratio of the source, in multiples of 32', () => {
    expect(detector.inputFor(768, 576)).toEqual({ width: 512, height: 384, format: 'rgb24', fit: 'letterbox' });
    expect(detector.inputFor(1920, 1080)).toMatchObject({ width: 512, height: 288 });
    expect(detector.inputFor(1080, 1920)).toMatchObject({ width: 288, height: 512 });
    expect(detector.inputFor(1280, 1158)).toMatchObject({ width: 512, height: 480 });
  });

  it('finds the people of the sample picture, in pixels of the file', async () => {
    const [found] = await detector.detect([picture], { threshold: 0.3 });
    expect(people(found).length).toBeGreaterThanOrEqual(6);
    for (const { box } of people(found)) {
      expect(box.x + box.width).toBeLessThanOrEqual(1281);
      expect(box.y + box.height).toBeLessThanOrEqual(1159);
      expect(box.height).toBeGreaterThan(90);
    }
    const scores = found!.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('finds what the original finds on TensorFlow.js, with its own picking of peaks', async () => {
    const square = await readImage(samplePicture, { width: 512, height: 512, format: 'rgb24', fit: 'stretch' });
    const pixels = { data: square.data, dims: [1, 512, 512, 3] };
    const [original] = await runOriginal('@vladmandic/human/models/centernet.json', pixels, ['tower_0/detections']);
    const inInput = { ...square, scaleX: 1, scaleY: 1 };
    const [found] = await detector.detect([inInput], { threshold: 0.32 });
    expect(found!.length).toBeGreaterThan(4);
    for (const { box, score } of found!) {
      const sides = [box.x, box.y, box.x + box.width, box.y + box.height];
      const rows = Array.from({ length: 100 }, (_, row) => [...original!.data.subarray(row * 6, row * 6 + 6)]);
      // The original's boxes may reach beyond the picture.
      const apart = rows.map((row) => Math.max(...sides.map((side, i) => Math.abs(side - clipped(row[i]!)))));
      const nearest = apart.indexOf(Math.min(...apart));
      expect(apart[nearest]).toBeLessThan(1.5);
      expect(Math.abs(rows[nearest]![4]! - score)).toBeLessThan(0.005);
    }
  });

  it('gives the same for a picture alone and in a batch with others of another size', async () => {
    const small = await readImage(samplePicture, { width: 256, height: 256, format: 'rgb24', fit: 'stretch' });
    const [alone] = await detector.detect([picture]);
    const [first, second, third] = await detector.detect([picture, small, picture]);
    for (const together of [first!, third!]) {
      expect(together.length).toBe(alone!.length);
      together.forEach(({ score, box }, index) => {
        expect(score).toBeCloseTo(alone![index]!.score, 3);
        expect(box.x).toBeCloseTo(alone![index]!.box.x, 0);
      });
    }
    expect(second).toEqual((await detector.detect([small]))[0]);
  });

  it('looks for the classes that are asked for, from the score that is asked for', async () => {
    const [found] = await detector.detect([picture], { labels: ['person'], threshold: 0.2 });
    expect(new Set(found!.map(({ label }) => label))).toEqual(new Set(['person']));
    expect(Math.min(...found!.map(({ score }) => score))).toBeLessThan(0.3);
    expect(await detector.detect([picture], { labels: ['giraffe'] })).toEqual([[]]);
    expect(await detector.detect([])).toEqual([]);
  });

  it('is cut to the classes that it is opened for, and finds of them what the whole network finds', async () => {
    const cut = await openDetector({ model: 'centernet', cache, labels: ['truck', 'person', 'hard hat'] });
    expect(cut.labels).toEqual(['person', 'truck']);
    expect(cut.sha256).not.toBe(detector.sha256);
    const [[found], [expected]] = [
      await cut.detect([picture], { threshold: 0.1 }),
      await detector.detect([picture], { threshold: 0.1, labels: ['person', 'truck'] }),
    ];
    expect(found!.length).toBe(expected!.length);
    found!.forEach(({ label, score }, place) => {
      expect(label).toBe(expected![place]!.label);
      expect(score).toBeCloseTo(expected![place]!.score, 4);
    });
    await cut.close();
    const unknown = openDetector({ model: 'centernet', cache, labels: ['hard hat'] });
    await expect(unknown).rejects.toMatchObject({ code: 'INFERENCE_LABELS_UNKNOWN' });
  });

  it.each(['nanodet', 'nanodet-float32'])(
    '%s, which is not cut, looks only for the classes that it is opened for',
    async (model) => {
      const [whole, only] = await Promise.all([
        openDetector({ model, cache }),
        openDetector({ model, cache, labels: ['person', 'truck'] }),
      ]);
      const input = await readImage(samplePicture, whole.inputFor(1280, 1158));
      const [[found], [expected]] = [
        await only.detect([input], { threshold: 0.1 }),
        await whole.detect([input], { threshold: 0.1, labels: ['person', 'truck'] }),
      ];
      expect(people(found).length).toBeGreaterThanOrEqual(6);
      expect(found).toEqual(expected);
      expect(only.sha256).toBe(whole.sha256);
      await Promise.all([whole.close(), only.close()]);
    },
  );

  it('refuses a picture that the network cannot take', async () => {
    const code = 'INFERENCE_PICTURE_INVALID';
    await expect(detector.detect([{ ...picture, width: 500 }])).rejects.toMatchObject({ code });
    await expect(detector.detect([{ ...picture, data: picture.data.subarray(3) }])).rejects.toMatchObject({ code });
    await expect(detector.detect([{ ...picture, format: 'gray8' }])).rejects.toMatchObject({ code });
  });

  it('is converted once, even when several want it at the same moment, and leaves no scrap behind', async () => {
    const folder = join(cache, 'shared');
    const options = { model: 'centernet', cache: folder };
    const opened = await Promise.all([openDetector(options), openDetector(options), openDetector(options)]);
    expect(new Set(opened.map(({ sha256 }) => sha256)).size).toBe(1);
    const [file, ...others] = (await readdir(folder)).sort();
    expect(file).toMatch(/^centernet-.*\.onnx$/);
    expect(others).toEqual([`${file}.sha256`]);
    await Promise.all(opened.map((each) => each.close()));
  });

  it('takes over the lock of a process that is gone', async () => {
    const folder = await mkdtemp(join(cache, 'stale-'));
    const [file] = (await readdir(cache)).filter((name) => /^centernet-\d+\.onnx$/.test(name));
    await writeFile(join(folder, `${file}.lock`), '2147483646');
    const opened = await openDetector({ model: 'centernet', cache: folder });
    expect((await readdir(folder)).sort()).toEqual([file, `${file}.sha256`]);
    await opened.close();
  });

  it('is converted again where its file was damaged since', async () => {
    const folder = await mkdtemp(join(cache, 'damaged-'));
    const options = { model: 'centernet', cache: folder };
    const sound = await openDetector(options);
    await sound.close();
    const path = join(folder, (await readdir(folder)).find((name) => name.endsWith('.onnx'))!);
    const bytes = await readFile(path);
    // One weight in the middle: the network still loads, and sees something else.
    bytes.writeFloatLE(1e6, bytes.length >> 1);
    await writeFile(path, bytes);
    const opened = await openDetector(options);
    expect(opened.sha256).toBe(sound.sha256);
    await opened.close();
  });

  it('says what is wrong with a name, a folder, and a detector that was closed', async () => {
    await expect(openDetector({ model: 'yolo', cache })).rejects.toMatchObject({ code: 'INFERENCE_MODEL_UNKNOWN' });
    await writeFile(join(cache, 'file'), '');
    const blocked = openDetector({ model: 'centernet', cache: join(cache, 'file', 'below') });
    await expect(blocked).rejects.toMatchObject({ code: 'INFERENCE_CACHE_FAILED' });
    const opened = await openDetector({ model: 'centernet', cache });
    await opened.close();
    await opened.close();
    await expect(opened.detect([picture])).rejects.toMatchObject({ code: 'INFERENCE_CLOSED' });
  });

  it('runs on the CPU where a provider that was asked for is missing', async () => {
    const opened = await openDetector({ model: 'centernet', cache, providers: ['openvino', 'coreml', 'cpu'] });
    expect(opened.provider).toBe('cpu');
    await opened.close();
  });
});
