import type { OnnxGraph } from '../onnx/onnx-graph.ts';

/**
 * A tensor of the TensorFlow graph and where it lies in the ONNX graph. TensorFlow's order of axes stays what the graph
 * speaks of; `axes` says which of them lies at each place in memory. So the transposes of a TensorFlow graph cost nothing:
 * only an operator that needs an order (a convolution: batch, channels, rows, columns) makes one where it is not there.
 */
export interface Value {
  readonly name: string;
  /** Lengths in TensorFlow's order, at the nominal input size. */
  readonly dims: readonly number[];
  readonly axes: readonly number[];
}

/** Batch, channels, rows, columns of a tensor that TensorFlow orders as batch, rows, columns, channels. */
export const channelsFirst = [0, 3, 1, 2] as const;

/** The same tensor with its axes in the order asked for. */
export function arranged(graph: OnnxGraph, value: Value, axes: readonly number[]): Value {
  if (sameAxes(value.axes, axes)) return value;
  const perm = axes.map((axis) => value.axes.indexOf(axis));
  return { ...value, name: graph.node('Transpose', [value.name], { perm }), axes };
}

export const sameAxes = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((axis, index) => axis === b[index]);
