import type { Operator } from '../operator.ts';
import { arranged } from '../value.ts';

export const concat: Operator = ({ graph, node, tensor, constant }) => {
  const count = node.inputs.length - 1;
  const first = tensor(0);
  const values = Array.from({ length: count }, (_, place) => arranged(graph, tensor(place), first.axes));
  const axis = (constant(count)!.data[0]! + first.dims.length) % first.dims.length;
  const total = values.reduce((sum, { dims }) => sum + dims[axis]!, 0);
  const name = graph.node(
    'Concat',
    values.map((value) => value.name),
    { axis: first.axes.indexOf(axis) },
  );
  return { name, dims: first.dims.with(axis, total), axes: first.axes };
};
