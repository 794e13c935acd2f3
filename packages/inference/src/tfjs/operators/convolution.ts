import type { GraphConstant } from '../graph-model.ts';
import type { Operator, OperatorContext } from '../operator.ts';
import { arranged, channelsFirst, type Value } from '../value.ts';
import { activation } from './activation.ts';
import { texts } from './attributes.ts';
import { windowOf } from './window.ts';

/** Conv2D and _FusedConv2D: weights lie as rows, columns, channels in, channels out. */
export const convolution: Operator = (context) => {
  const weights = context.constant(1)!;
  const [rows, columns, inward, outward] = weights.dims as [number, number, number, number];
  const data = reordered(weights, [outward, inward, rows, columns], (out, into, row, column) => [
    row,
    column,
    into,
    out,
  ]);
  return convolve(context, { data, dims: [outward, inward, rows, columns], group: 1 });
};

/** DepthwiseConv2dNative and its fused form: weights lie as rows, columns, channels, multiplier. */
export const depthwiseConvolution: Operator = (context) => {
  const weights = context.constant(1)!;
  const [rows, columns, channels, multiplier] = weights.dims as [number, number, number, number];
  const outward = channels * multiplier;
  const data = reordered(weights, [outward, 1, rows, columns], (out, _, row, column) => [
    ...[row, column, Math.floor(out / multiplier), out % multiplier],
  ]);
  return convolve(context, { data, dims: [outward, 1, rows, columns], group: channels });
};

interface Kernel {
  readonly data: Float32Array;
  readonly dims: readonly [number, number, number, number];
  readonly group: number;
}

function convolve({ graph, node, tensor, constant }: OperatorContext, { data, dims, group }: Kernel): Value {
  const input = arranged(graph, tensor(0), channelsFirst);
  const [, height, width] = input.dims as [number, number, number, number];
  const [outward, , rows, columns] = dims;
  const window = windowOf(node, [rows, columns], [height, width]);
  const [bias, ...activations] = texts(node, 'fused_ops');
  const inputs = [input.name, graph.floats(dims, data)];
  if (bias === 'BiasAdd') inputs.push(graph.floats([outward], constant(2)!.data));
  const { strides, dilations, pads } = window;
  const attributes = { kernel_shape: [rows, columns], strides, dilations, pads, group };
  const name = graph.node('Conv', inputs, attributes);
  const result = { name, dims: [input.dims[0]!, window.rows, window.columns, outward], axes: channelsFirst };
  return activations.reduce((value, kind) => activation(graph, node, kind, value), result as Value);
}

type Place = readonly number[];

function reordered(
  { data, dims }: GraphConstant,
  to: Place,
  from: (...place: [number, number, number, number]) => Place,
) {
  const result = new Float32Array(data.length);
  let index = 0;
  for (let a = 0; a < to[0]!; a += 1)
    for (let b = 0; b < to[1]!; b += 1)
      for (let c = 0; c < to[2]!; c += 1)
        for (let d = 0; d < to[3]!; d += 1) {
          const [e, f, g, h] = from(a, b, c, d) as [number, number, number, number];
          result[index] = data[((e * dims[1]! + f) * dims[2]! + g) * dims[3]! + h]!;
          index += 1;
        }
  return result;
}
