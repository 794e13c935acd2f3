import type { CardInput } from '../card/input.ts';
import { inferenceErrors } from '../errors.ts';
import { cutNetwork, joinNetworks, networkParts } from '../onnx/network-parts.ts';
import { OnnxGraph } from '../onnx/onnx-graph.ts';
import { tensorTypes } from '../onnx/tensor-types.ts';

export interface NetworkDescription {
  readonly name: string;
  readonly input: Pick<CardInput, 'name' | 'layout' | 'type' | 'colour' | 'scale' | 'mean' | 'deviation'>;
  /** Tensor within the network of each layer, by the layer's name. */
  readonly layers: Readonly<Record<string, string>>;
}

const [oldest, newest] = [11, 21];

/**
 * An ONNX network as a backbone: what lies behind its layers is cut away, and what it wants done to the pixels is put before
 * it. Throws INFERENCE_NETWORK_UNFIT.
 */
export function describedNetwork(bytes: Uint8Array, { name, input, layers }: NetworkDescription): Uint8Array {
  const unfit = (reason: string) => inferenceErrors.INFERENCE_NETWORK_UNFIT({ model: name, reason });
  const parts = cutNetwork(networkParts(bytes, name), Object.values(layers), name);
  const opset = parts.opsets.get('') ?? 0;
  if (opset < oldest || opset > newest)
    throw unfit(`it is written in version ${opset} of ONNX's operators, and ${oldest} to ${newest} can be joined`);
  const [own, ...others] = [...parts.inputs.keys()];
  if (own === undefined || others.length > 0) throw unfit('it must take one input, the picture');
  if (input.name !== undefined && input.name !== own) throw unfit(`its input is ${own}, not ${input.name}`);

  const graph = new OnnxGraph('pixels', opset);
  const images = graph.input('images', 'uint8', ['batch', 'height', 'width', 3]);
  graph.output('prepared', prepared(graph, images, input), input.type, []);
  const before = networkParts(graph.encode(), name);
  const names = new Map([
    [own, 'prepared'],
    ...Object.entries(layers).map(([layer, tensor]) => [tensor, layer] as const),
  ]);
  return joinNetworks(
    [
      { prefix: 'pixels', parts: before },
      { prefix: name, parts, names },
    ],
    Object.keys(layers),
  );
}

/** Order of axes and colours, type and scale as the network wants them. */
function prepared(graph: OnnxGraph, images: string, input: NetworkDescription['input']): string {
  const first = input.layout === 'nchw';
  const axis = first ? 1 : 3;
  let value = first ? graph.node('Transpose', [images], { perm: [0, 3, 1, 2] }) : images;
  if (input.colour === 'bgr') value = graph.node('Gather', [value, graph.integers([2, 1, 0])], { axis });
  if (input.type === 'uint8') return value;
  value = graph.node('Cast', [value], { to: tensorTypes.float32 });
  const dims = first ? [1, 3, 1, 1] : [1, 1, 1, 3];
  // (pixel * scale - mean) / deviation, as one product and one sum.
  const factors = input.deviation.map((deviation) => input.scale / deviation);
  const offsets = input.deviation.map((deviation, colour) => -input.mean[colour]! / deviation);
  return graph.node('Add', [graph.node('Mul', [value, graph.floats(dims, factors)]), graph.floats(dims, offsets)]);
}
