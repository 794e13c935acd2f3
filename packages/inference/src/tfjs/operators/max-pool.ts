import type { Operator } from '../operator.ts';
import { arranged, channelsFirst } from '../value.ts';
import { integers } from './attributes.ts';
import { windowOf } from './window.ts';

export const maxPool: Operator = ({ graph, node, tensor }) => {
  const value = arranged(graph, tensor(0), channelsFirst);
  const [batch, height, width, channels] = value.dims as [number, number, number, number];
  const [, rows, columns] = integers(node, 'ksize') as [number, number, number, number];
  const window = windowOf(node, [rows, columns], [height, width]);
  const { strides, pads } = window;
  const name = graph.node('MaxPool', [value.name], { kernel_shape: [rows, columns], strides, pads });
  return { name, dims: [batch, window.rows, window.columns, channels], axes: channelsFirst };
};
