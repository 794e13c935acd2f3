import type { Operator } from '../operator.ts';

/** Pad and PadV2: before and after each axis, in TensorFlow's order. */
export const pad: Operator = ({ graph, node, tensor, constant }) => {
  const value = tensor(0);
  const amounts = [...constant(1)!.data];
  const before = value.axes.map((axis) => amounts[axis * 2]!);
  const after = value.axes.map((axis) => amounts[axis * 2 + 1]!);
  const fill = node.inputs.length > 2 ? constant(2)!.data[0]! : 0;
  const name = graph.node('Pad', [value.name, graph.integers([...before, ...after]), graph.floats([], [fill])]);
  const dims = value.dims.map((length, axis) => length + amounts[axis * 2]! + amounts[axis * 2 + 1]!);
  return { ...value, name, dims };
};
