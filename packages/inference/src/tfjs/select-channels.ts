import type { GraphConstant, GraphModel } from './graph-model.ts';

/** The same graph with only some of the output channels of a convolution with a bias, in the order given. */
export function selectChannels(model: GraphModel, node: string, channels: readonly number[]): GraphModel {
  const { inputs } = model.nodes.find(({ name }) => name === node)!;
  const constants = new Map(model.constants);
  for (const name of inputs.slice(1)) constants.set(name, selected(constants.get(name)!, channels));
  return { nodes: model.nodes, constants };
}

/** Channels out are the last axis of weights and the only one of a bias. */
function selected({ dims, data }: GraphConstant, channels: readonly number[]): GraphConstant {
  const length = dims.at(-1)!;
  const rows = data.length / length;
  const kept = Float32Array.from({ length: rows * channels.length }, (_, place) => {
    const row = Math.floor(place / channels.length);
    return data[row * length + channels[place % channels.length]!]!;
  });
  return { dims: dims.with(-1, channels.length), data: kept };
}
