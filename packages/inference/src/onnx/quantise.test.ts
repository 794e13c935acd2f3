import { describe, expect, it } from 'vitest';
import { Tensor } from '../onnx-runtime.ts';
import { openSession } from '../sessions/open-session.ts';
import { measureRanges } from '../test/measure-ranges.ts';
import { fold } from './fold.ts';
import { OnnxGraph } from './onnx-graph.ts';
import { quantise, quantisedTensors } from './quantise.ts';

/** Padding, a convolution without a bias, a sum per channel, a leaky activation, a second convolution, and a sum of the two. */
function network(): OnnxGraph {
  const graph = new OnnxGraph('small');
  const images = graph.input('images', 'uint8', [1, 8, 8, 3]);
  const moved = graph.node('Transpose', [images], { perm: [0, 3, 1, 2] });
  const pixels = graph.node('Cast', [moved], { to: 1 });
  const weights = (count: number) => Array.from({ length: count }, (_, place) => Math.sin(place * 12.9898) * 0.2);
  const window = { strides: [1, 1], dilations: [1, 1], group: 1 };
  const padded = graph.node('Pad', [pixels, graph.integers([0, 0, 1, 1, 0, 0, 1, 1]), graph.floats([], [0])]);
  const kernel = { ...window, kernel_shape: [3, 3], pads: [0, 0, 0, 0] };
  const first = graph.node('Conv', [padded, graph.floats([4, 3, 3, 3], weights(108))], kernel);
  const sum = graph.node('Add', [first, graph.floats([1, 4, 1, 1], [10, -20, 30, 0])]);
  const active = graph.node('LeakyRelu', [sum], { alpha: { float: 0.1 } });
  const point = { ...window, kernel_shape: [1, 1], pads: [0, 0, 0, 0] };
  const second = graph.node(
    'Conv',
    [active, graph.floats([4, 4, 1, 1], weights(16)), graph.floats([4], [1, 2, 3, 4])],
    point,
  );
  const total = graph.node('Add', [second, active]);
  const last = graph.node('Conv', [total, graph.floats([2, 4, 1, 1], weights(8))], point);
  graph.output('output', last, 'float32', [1, 2, 8, 8]);
  return graph;
}

const pixels = Uint8Array.from({ length: 192 }, (_, place) => (place * 37) % 256);

async function run(graph: OnnxGraph): Promise<Float32Array> {
  const { session } = await openSession(graph.encode(), { model: 'small' });
  const { output } = await session.run({ images: new Tensor('uint8', pixels, [1, 8, 8, 3]) });
  await session.release();
  return output!.data as Float32Array;
}

const types = (graph: OnnxGraph) => graph.nodes.map(({ type }) => type);
const furthest = (a: Float32Array, b: Float32Array) =>
  Math.max(...a.map((value, place) => Math.abs(value - b[place]!)));

describe('a network made smaller', () => {
  it('gives the same when padding and sums are folded into its convolutions', async () => {
    const folded = network();
    fold(folded);
    expect(types(network()).filter((type) => type === 'Pad' || type === 'Add').length).toBe(3);
    // The sum of two results of convolutions stays; there is no constant in it.
    expect(types(folded).filter((type) => type === 'Pad' || type === 'Add')).toEqual(['Add']);
    expect(furthest(await run(folded), await run(network()))).toBeLessThan(0.001);
  });

  it('leaves padding alone that something else than a convolution uses, or that is not zero', () => {
    const graph = new OnnxGraph('kept');
    const input = graph.input('images', 'float32', [1, 1, 4, 4]);
    const padded = graph.node('Pad', [input, graph.integers([0, 0, 1, 1, 0, 0, 1, 1]), graph.floats([], [7])]);
    const attributes = { kernel_shape: [3, 3], pads: [0, 0, 0, 0], strides: [1, 1], dilations: [1, 1], group: 1 };
    const result = graph.node('Conv', [padded, graph.floats([1, 1, 3, 3], Array(9).fill(1))], attributes);
    graph.output('output', result, 'float32', [1, 1, 4, 4]);
    const before = types(graph);
    fold(graph);
    expect(types(graph)).toEqual(before);
  });

  it('gives nearly the same with bytes, to within the steps of its ranges', async () => {
    const quantised = network();
    fold(quantised);
    const tensors = quantisedTensors(quantised);
    const measured = network();
    fold(measured);
    const picture = {
      width: 8,
      height: 8,
      format: 'rgb24' as const,
      data: pixels,
      scaleX: 1,
      scaleY: 1,
      offsetX: 0,
      offsetY: 0,
    };
    const ranges = await measureRanges(measured, tensors, [picture]);
    expect([...ranges.keys()]).toEqual(tensors);
    quantise(quantised, ranges);
    expect(types(quantised).filter((type) => type === 'QuantizeLinear').length).toBe(tensors.length);
    const [exact, rounded] = [await run(network()), await run(quantised)];
    const span = Math.max(...exact) - Math.min(...exact);
    expect(furthest(exact, rounded)).toBeLessThan(span * 0.04);
    expect(furthest(exact, rounded)).toBeGreaterThan(0);
  });
});
