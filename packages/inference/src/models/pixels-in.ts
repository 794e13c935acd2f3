import type { Dimension, OnnxGraph } from '../onnx/onnx-graph.ts';
import { tensorTypes } from '../onnx/tensor-types.ts';
import { channelsFirst, type Value } from '../tfjs/value.ts';

/**
 * The input `images`: packed bytes as the decoder delivers them (batch, rows, columns, red-green-blue), turned within the
 * network into what its first convolution takes, so that no code copies a picture. Bytes are moved before they are made four
 * times as long.
 */
export function pixelsIn(
  graph: OnnxGraph,
  dims: readonly [Dimension, Dimension, Dimension],
  nominal: readonly [number, number],
): Value {
  const images = graph.input('images', 'uint8', [...dims, 3]);
  const moved = graph.node('Transpose', [images], { perm: channelsFirst });
  const name = graph.node('Cast', [moved], { to: tensorTypes.float32 });
  return { name, dims: [1, ...nominal, 3], axes: channelsFirst };
}
