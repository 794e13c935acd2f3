import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OnnxGraph } from '../onnx/onnx-graph.ts';
import { constantNetwork, greyPicture, testCard, testFolder } from '../test/constructed-network.ts';
import { samplePicture } from '../test/sample-picture.ts';
import { describeNetwork, tryDetector } from '../try-detector.ts';
import { openDetectorPool } from './detector-pool.ts';
import { usualIsolation } from './isolation.ts';

const card = { ...testCard, output: { family: 'yolo', form: 'end-to-end' } };

async function onDisk(network: Uint8Array): Promise<{ model: string; cache: string }> {
  const cache = await testFolder();
  await writeFile(join(cache, 'network.onnx'), network);
  await writeFile(join(cache, 'card.json'), JSON.stringify(card));
  return { model: join(cache, 'card.json'), cache };
}

/** Gives one box, after so many multiplications of square matrices of a side that is made at run time. */
function heavyNetwork(side: number, times: number): Uint8Array {
  const graph = new OnnxGraph('heavy');
  graph.input('images', 'uint8', [1, 64, 64, 3]);
  const seed = graph.node('Cast', ['images'], { to: 1 });
  const row = graph.node('Resize', [seed, '', '', graph.integers([1, 1, side, side])], { mode: 'nearest' });
  let value = row;
  for (let time = 0; time < times; time += 1) value = graph.node('MatMul', [value, row]);
  const least = graph.node('ReduceMin', [value], { keepdims: 1 });
  const none = graph.node('Mul', [least, graph.floats([1], [0])]);
  const flat = graph.node('Reshape', [none, graph.integers([1, 1, 1])]);
  const box = graph.floats([1, 1, 6], [8, 8, 24, 24, 0.9, 1]);
  graph.output('output', graph.node('Add', [box, flat]), 'float32', [1, 1, 6]);
  return graph.encode();
}

describe('a network in a process of its own', () => {
  const network = constantNetwork({ output: { dims: [1, 1, 6], data: [8, 8, 24, 24, 0.9, 1] } });

  it('finds what it would find here, and says what it is and how long it takes', async () => {
    const { facts, detections, milliseconds } = await tryDetector({
      ...(await onDisk(network)),
      picture: samplePicture,
    });
    expect(facts).toMatchObject({
      ...{ name: 'constructed', provider: 'cpu', labels: ['a', 'b', 'c'] },
      inputs: [{ name: 'images', type: 'uint8', dims: [1, 64, 64, 3] }],
      outputs: [{ name: 'output', type: 'float32', dims: [1, 1, 6] }],
    });
    expect(detections.map(({ label }) => label)).toEqual(['b']);
    expect(milliseconds).toBeGreaterThan(0);
  });

  it('is described without a card', async () => {
    const { cache } = await onDisk(network);
    expect(await describeNetwork(join(cache, 'network.onnx'))).toMatchObject({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      outputs: [{ name: 'output', dims: [1, 1, 6] }],
    });
    await expect(describeNetwork(join(cache, 'card.json'))).rejects.toMatchObject({ code: 'INFERENCE_MODEL_REFUSED' });
  });

  it('is one of a pool like any other, which says when its last process has ended', async () => {
    const lost = Promise.withResolvers<void>();
    const options = { ...(await onDisk(network)), workers: 1, isolation: usualIsolation, onLost: lost.resolve };
    const pool = await openDetectorPool(options);
    expect((await pool.detect([greyPicture]))[0]).toMatchObject([{ label: 'b' }]);
    await expect(pool.detect([{ ...greyPicture, width: 1 }])).rejects.toMatchObject({
      code: 'INFERENCE_PICTURE_INVALID',
    });
    await pool.close();
    await expect(pool.detect([greyPicture])).rejects.toMatchObject({ code: 'INFERENCE_CLOSED' });
  });

  it('is ended when it takes more memory than it may', async () => {
    const isolation = { ...usualIsolation, memoryBytes: 400 * 1024 ** 2 };
    const tried = tryDetector({ ...(await onDisk(heavyNetwork(12_000, 1))), isolation });
    await expect(tried).rejects.toMatchObject({ code: 'INFERENCE_MEMORY_EXCEEDED', status: 422 });
  });

  it('is ended when it takes longer than it may, and the asker is told', async () => {
    const isolation = { ...usualIsolation, openMs: 2_500 };
    const tried = tryDetector({ ...(await onDisk(heavyNetwork(2_000, 400))), isolation });
    await expect(tried).rejects.toMatchObject({ code: 'INFERENCE_TIME_EXCEEDED', status: 422 });
  });

  it('hands on what is wrong with its file or its card', async () => {
    const place = await onDisk(network.subarray(0, 40));
    await expect(tryDetector(place)).rejects.toMatchObject({ code: 'INFERENCE_MODEL_REFUSED' });
    await writeFile(place.model, JSON.stringify({ ...card, file: '../network.onnx' }));
    await expect(tryDetector(place)).rejects.toMatchObject({ code: 'INFERENCE_CARD_INVALID' });
  });
});
