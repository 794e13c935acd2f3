import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { networkParts, OnnxGraph, openBackbone } from '@millwright/inference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classicalChannels, classicalMaps } from './classical-maps.ts';
import { derivativeKernels } from './derivative-kernels.ts';
import { featureNetwork } from './feature-network.ts';
import { openNetwork } from './open-network.ts';
import { squareView, viewCount } from './views.ts';

let cache: string;
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'millwright-features-'));
});
afterAll(() => rm(cache, { recursive: true }));

const grey = (side: number, value: (x: number, y: number) => number): Uint8Array =>
  Uint8Array.from({ length: side * side * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return value(pixel % side, Math.floor(pixel / side));
  });

it('derivatives of a slope and of a bowl are what they are', () => {
  const { side, values, count } = derivativeKernels(1.5);
  const radius = (side - 1) / 2;
  const response = (kernel: number, signal: (x: number, y: number) => number) => {
    let sum = 0;
    for (let y = -radius; y <= radius; y++)
      for (let x = -radius; x <= radius; x++)
        sum += values[(kernel * side + y + radius) * side + x + radius]! * signal(x, y);
    return sum;
  };
  expect(count).toBe(6);
  const slope = (x: number, y: number) => 2 * x + 3 * y + 7;
  for (const [kernel, wanted] of [7, 3, 4.5, 0, 0, 0].entries()) expect(response(kernel, slope)).toBeCloseTo(wanted, 4);
  const saddle = (x: number, y: number) => x * x - (y * y) / 2 + 3 * x * y;
  for (const [at, wanted] of [4.5, 6.75, -2.25].entries()) expect(response(at + 3, saddle)).toBeCloseTo(wanted, 4);
});

describe('classical maps', () => {
  it('see a bright line as a ridge along it, and nothing on an even surface', async () => {
    const graph = new OnnxGraph('maps');
    const images = graph.input('images', 'uint8', ['batch', 'height', 'width', 3]);
    const [finest] = classicalMaps(graph, images);
    graph.output('maps', finest!.value, 'float32', ['batch', classicalChannels, 'rows', 'columns']);
    const network = await openNetwork(graph.encode(), 'maps');
    const at = async (bytes: Uint8Array) => {
      const { maps } = await network.run(bytes, 32, 32);
      return Array.from({ length: classicalChannels }, (_, channel) => maps!.data[channel * 1024 + 16 * 32 + 16]!);
    };
    const even = await at(grey(32, () => 100));
    expect(even[0]).toBeCloseTo(100 / 255, 3);
    for (const value of even.slice(1)) expect(Math.abs(value)).toBeLessThan(0.002);
    const [, gradient, larger, smaller, , , spread] = await at(grey(32, (x) => (x === 16 ? 200 : 100)));
    expect(gradient).toBeCloseTo(0, 4);
    expect(smaller).toBeLessThan(-0.1);
    expect(Math.abs(larger!)).toBeLessThan(0.01);
    expect(spread).toBeGreaterThan(0.1);
    await network.close();
  });
});

describe('the feature network', () => {
  it('describes a whole picture, and each place of it, in numbers that fit its length', async () => {
    const backbone = await openBackbone({ name: 'centernet', cache, layers: ['stride4', 'stride16'] });
    const bytes = grey(64, (x, y) => (x * 5 + y * 3) % 256);
    const whole = featureNetwork(backbone, 'whole');
    const places = featureNetwork(backbone, 'places');
    expect([...networkParts(whole.network, 'whole').inputs.keys()]).toEqual(['images']);
    for (const [{ network, length }, dims] of [
      [whole, [1, whole.length]],
      [places, [1, places.length, 16, 16]],
    ] as const) {
      const opened = await openNetwork(network, 'features');
      const { description } = await opened.run(bytes, 64, 64);
      expect(description!.dims).toEqual(dims);
      expect(length).toBeGreaterThan(100);
      expect(description!.data.every(Number.isFinite)).toBe(true);
      await opened.close();
    }
    await backbone.close();
  });
});

it('a square has eight views, all different, of the same pixels', () => {
  const bytes = Uint8Array.from({ length: 3 * 3 * 3 }, (_, at) => Math.floor(at / 3));
  const views = Array.from({ length: viewCount }, (_, view) =>
    [...squareView(bytes, 3, view)].filter((_, at) => at % 3 === 0),
  );
  expect(new Set(views.map(String)).size).toBe(8);
  for (const view of views) expect([...view].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});
