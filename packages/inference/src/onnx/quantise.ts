import type { OnnxConstant, OnnxGraph, OnnxNode } from './onnx-graph.ts';

/** Least and greatest value of a tensor. */
export type Range = readonly [number, number];

/** The operators that ONNX Runtime computes with bytes. What goes into them is made bytes of. */
const operators = new Set(['Conv', 'Add', 'Concat', 'LeakyRelu', 'MaxPool', 'Resize']);

/**
 * Weights use 7 of their 8 bits: so the sum of two products stays within the 16 bits that processors without VNNI (or its
 * like) add them up in, and a network gives the same everywhere.
 */
const greatestWeight = 63;

/** Names of the tensors whose ranges `quantise` wants, in the order of the graph. */
export const quantisedTensors = (graph: OnnxGraph): string[] => {
  const made = new Set(graph.nodes.flatMap(({ outputs }) => outputs));
  return [...new Set(graph.nodes.filter(({ type }) => operators.has(type)).flatMap(inputsOf))].filter((name) =>
    made.has(name),
  );
};

/**
 * Makes a network of floating point numbers one that computes with bytes: activations unsigned with one scale per tensor
 * from their ranges, weights signed with one scale per channel, sums in 32 bits (Jacob et al., Quantization and Training of
 * Neural Networks for Efficient Integer-Arithmetic-Only Inference, 2018). It is written as pairs of QuantizeLinear and
 * DequantizeLinear, which ONNX Runtime joins with the operators between them.
 */
export function quantise(graph: OnnxGraph, ranges: ReadonlyMap<string, Range>): void {
  const nodes = graph.nodes.splice(0);
  const rounded = new Map<string, string>();
  const activation = (name: string): string => {
    const range = ranges.get(name);
    if (!range) return name;
    const known = rounded.get(name);
    if (known) return known;
    const { scale, zero } = gridOf(range);
    const grid = [graph.floats([], [scale]), graph.constant('uint8', [], Uint8Array.of(zero))];
    const pair = graph.node('DequantizeLinear', [graph.node('QuantizeLinear', [name, ...grid]), ...grid]);
    rounded.set(name, pair);
    return pair;
  };
  for (const node of nodes) {
    if (!operators.has(node.type)) graph.nodes.push(node);
    else if (node.type === 'Conv') graph.nodes.push(convolution(graph, node, activation, ranges));
    else {
      const own = new Set(inputsOf(node));
      const inputs = node.inputs.map((name) => (own.has(name) ? activation(name) : name));
      graph.nodes.push({ ...node, inputs });
    }
  }
}

/** The tensors among the inputs; the others are parameters. */
const inputsOf = ({ type, inputs }: OnnxNode): readonly string[] =>
  type === 'Conv' || type === 'Resize' ? inputs.slice(0, 1) : inputs;

/** 256 steps over the range, one of which is exactly zero. */
function gridOf([least, greatest]: Range): { scale: number; zero: number } {
  const [low, high] = [Math.min(least, 0), Math.max(greatest, 0)];
  const scale = Math.max(high - low, 1e-6) / 255;
  return { scale: Math.fround(scale), zero: Math.min(Math.max(Math.round(-low / scale), 0), 255) };
}

function convolution(
  graph: OnnxGraph,
  node: OnnxNode,
  activation: (name: string) => string,
  ranges: ReadonlyMap<string, Range>,
): OnnxNode {
  const [input, weights, bias] = node.inputs as [string, string, string | undefined];
  const range = ranges.get(input);
  if (!range) return node;
  const { dims, data } = graph.constants.get(weights)!;
  const { steps, scales } = perChannel(dims, data);
  const zeros = (type: 'int8' | 'int32', array: Int8Array | Int32Array) =>
    graph.constant(type, [scales.length], array as never);
  const inputs = [
    activation(input),
    graph.node(
      'DequantizeLinear',
      [
        graph.constant('int8', dims, steps),
        graph.floats([scales.length], scales),
        zeros('int8', new Int8Array(scales.length)),
      ],
      { axis: 0 },
    ),
  ];
  if (bias !== undefined) {
    const offsets = graph.constants.get(bias)!.data;
    const product = scales.map((scale) => Math.fround(scale * gridOf(range).scale));
    const whole = Int32Array.from(product, (scale, channel) => Math.round(Number(offsets[channel]) / scale));
    const parts = [graph.constant('int32', [scales.length], whole), graph.floats([scales.length], product)];
    inputs.push(graph.node('DequantizeLinear', [...parts, zeros('int32', new Int32Array(scales.length))], { axis: 0 }));
  }
  return { ...node, inputs };
}

function perChannel(dims: readonly number[], data: OnnxConstant['data']): { steps: Int8Array; scales: number[] } {
  const channels = dims[0]!;
  const each = data.length / channels;
  const steps = new Int8Array(data.length);
  const scales = Array.from({ length: channels }, (_, channel) => {
    let greatest = 1e-8;
    for (let place = channel * each; place < (channel + 1) * each; place += 1)
      greatest = Math.max(greatest, Math.abs(Number(data[place])));
    const scale = Math.fround(greatest / greatestWeight);
    for (let place = channel * each; place < (channel + 1) * each; place += 1)
      steps[place] = Math.round(Number(data[place]) / scale);
    return scale;
  });
  return { steps, scales };
}
