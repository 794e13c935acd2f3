import type { Operator } from '../operator.ts';

/** Nothing moves: the axes get other numbers. */
export const transpose: Operator = ({ tensor, constant }) => {
  const value = tensor(0);
  const order = [...constant(1)!.data];
  return {
    name: value.name,
    dims: order.map((axis) => value.dims[axis]!),
    axes: value.axes.map((axis) => order.indexOf(axis)),
  };
};
