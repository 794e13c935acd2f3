import type { OnnxGraph, OnnxNode } from './onnx-graph.ts';

/**
 * Takes padding and sums with a constant into the convolutions and poolings beside them. ONNX Runtime does it for networks of
 * floating point numbers; one of bytes has to come without them.
 */
export function fold(graph: OnnxGraph): void {
  foldPads(graph);
  foldSums(graph);
}

const consumersOf = (graph: OnnxGraph, name: string): OnnxNode[] =>
  graph.nodes.filter(({ inputs }) => inputs.includes(name));

/** Zeros before a convolution, and less than every number before a greatest one: both are what `pads` means. */
function foldPads(graph: OnnxGraph): void {
  for (const pad of graph.nodes.filter(({ type }) => type === 'Pad')) {
    const [input, amounts, fill] = pad.inputs.map((name) => graph.constants.get(name)?.data) as [
      undefined,
      BigInt64Array,
      Float32Array,
    ];
    const wanted = fill[0] === 0 ? 'Conv' : 'MaxPool';
    const users = consumersOf(graph, pad.outputs[0]!);
    const [top, left, bottom, right] = [2, 3, 6, 7].map((place) => Number(amounts[place]));
    const inner = [0, 1, 4, 5].every((place) => amounts[place] === 0n);
    if (
      input !== undefined ||
      !inner ||
      (fill[0] !== 0 && fill[0]! > -1e30) ||
      users.some(({ type }) => type !== wanted)
    )
      continue;
    for (const user of users) {
      const own = user.attributes.pads as readonly number[];
      const pads = [top!, left!, bottom!, right!].map((amount, side) => amount + own[side]!);
      const inputs = user.inputs.map((name) => (name === pad.outputs[0] ? pad.inputs[0]! : name));
      graph.nodes[graph.nodes.indexOf(user)] = { ...user, inputs, attributes: { ...user.attributes, pads } };
    }
    graph.nodes.splice(graph.nodes.indexOf(pad), 1);
  }
}

/** A convolution without a bias, and a constant per channel that is added to it and to nothing else. */
function foldSums(graph: OnnxGraph): void {
  for (const sum of graph.nodes.filter(({ type }) => type === 'Add')) {
    const place = graph.nodes.findIndex(({ outputs }) => outputs[0] === sum.inputs[0]);
    const convolution = graph.nodes[place];
    const bias = graph.constants.get(sum.inputs[1]!);
    if (convolution?.type !== 'Conv' || convolution.inputs.length > 2 || !bias) continue;
    const channels = graph.constants.get(convolution.inputs[1]!)!.dims[0]!;
    if (bias.data.length !== channels || consumersOf(graph, convolution.outputs[0]!).length > 1) continue;
    const inputs = [...convolution.inputs, graph.floats([channels], bias.data as Float32Array)];
    graph.nodes[place] = { ...convolution, inputs, outputs: sum.outputs };
    graph.nodes.splice(graph.nodes.indexOf(sum), 1);
  }
}
