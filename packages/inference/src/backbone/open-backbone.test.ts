import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probePicture } from '../models/probe-picture.ts';
import { OnnxGraph } from '../onnx/onnx-graph.ts';
import { Tensor } from '../onnx-runtime.ts';
import { openSession } from '../sessions/open-session.ts';
import { bundledBackbones } from './bundled-backbones.ts';
import { openBackbone } from './open-backbone.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backbone-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const cache = () => join(folder, 'cache');

/** Halves the picture by a mean of four pixels for each colour, then does something that no backbone needs. */
async function ownNetwork(name: string, opset: number): Promise<string> {
  const graph = new OnnxGraph('own', opset);
  const input = graph.input('images', 'float32', ['n', 3, 'h', 'w']);
  const mean = graph.floats([3, 1, 2, 2], Array(12).fill(0.25));
  const window = { kernel_shape: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0], dilations: [1, 1], group: 3 };
  graph.output('half', graph.node('Conv', [input, mean], window), 'float32', ['n', 3, 'h2', 'w2']);
  graph.output('behind', graph.node('Flatten', ['half']), 'float32', ['n', 'many']);
  await writeFile(join(folder, `${name}.onnx`), graph.encode());
  const card = {
    ...{ name: 'own', version: '1', licence: 'MIT', file: `${name}.onnx`, multiple: 2 },
    input: { layout: 'nchw', type: 'float32', colour: 'bgr', mean: [10, 20, 30], deviation: [2, 4, 5] },
    layers: { half: 'half' },
  };
  await writeFile(join(folder, `${name}.json`), JSON.stringify(card));
  return join(folder, `${name}.json`);
}

describe('a frozen network', () => {
  it.each(bundledBackbones.filter(({ name }) => name !== 'movenet-thunder'))(
    '$name gives maps of its layers for a batch of any size, from the cache as from the package',
    async ({ name }) => {
      const made = await openBackbone({ name, cache: cache(), threads: 1 });
      const again = await openBackbone({ name, cache: cache(), threads: 1 });
      expect(again.sha256).toBe(made.sha256);
      const [one, other] = [probePicture(96, 64), probePicture(96, 64).reverse()];
      const both = await made.features(Buffer.concat([one, other]), 96, 64);
      const alone = await again.features(other, 96, 64);
      expect(made.layers.map(({ stride }) => stride)).toEqual([4, 8, 16]);
      for (const [place, { stride, channels }] of made.layers.entries()) {
        const map = both[place]!;
        expect(map).toMatchObject({ batch: 2, channels, rows: 64 / stride, columns: 96 / stride });
        const second = map.data.subarray(map.data.length / 2);
        expect(Math.max(...second.map((value, at) => Math.abs(value - alone[place]!.data[at]!)))).toBeLessThan(1e-3);
        expect(new Set(second).size).toBeGreaterThan(50);
      }
      await Promise.all([made.close(), again.close()]);
    },
  );

  it('gives out the network that runs in ONNX Runtime by itself and ends at the layer', async () => {
    const backbone = await openBackbone({ name: 'centernet', layers: ['stride8'], cache: cache() });
    const { session } = await openSession(backbone.network, { model: 'centernet' });
    const picture = probePicture(64, 64);
    const { stride8, ...others } = await session.run({ images: new Tensor('uint8', picture, [1, 64, 64, 3]) });
    expect(others).toEqual({});
    expect(stride8!.data).toEqual((await backbone.features(picture, 64, 64))[0]!.data);
    await session.release();
    await backbone.close();
  });

  it.each([11, 17])("of one's own is taken by its card, written in version %i of the operators", async (opset) => {
    const own = await openBackbone({ name: await ownNetwork(`own-${opset}`, opset), cache: cache() });
    expect(own.layers).toEqual([{ name: 'half', channels: 3, stride: 2 }]);
    // Red 10, green 40, blue 90, but for one pixel of blue 98: its mean is 92.
    const picture = Uint8Array.from([10, 40, 90, 10, 40, 90, 10, 40, 90, 10, 40, 98]);
    const [map] = await own.features(picture, 2, 2);
    expect([...map!.data]).toEqual([(92 - 10) / 2, (40 - 20) / 4, (10 - 30) / 5]);
    await own.close();
  });

  it('refuses what it cannot take, and says why', async () => {
    const unknown = openBackbone({ name: 'resnet', cache: cache() });
    await expect(unknown).rejects.toMatchObject({ code: 'INFERENCE_MODEL_UNKNOWN' });
    const layers = openBackbone({ name: 'centernet', layers: ['stride5'], cache: cache() });
    await expect(layers).rejects.toMatchObject({ code: 'INFERENCE_NETWORK_UNFIT' });
    const old = openBackbone({ name: await ownNetwork('old', 9), cache: cache() });
    await expect(old).rejects.toMatchObject({ code: 'INFERENCE_NETWORK_UNFIT' });
    const backbone = await openBackbone({ name: 'movenet', cache: cache() });
    const uneven = backbone.features(new Uint8Array(33 * 32 * 3), 33, 32);
    await expect(uneven).rejects.toMatchObject({ code: 'INFERENCE_PICTURE_INVALID' });
    await backbone.close();
  });
});
