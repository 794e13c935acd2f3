import type { Operator } from '../operator.ts';
import { arranged, channelsFirst } from '../value.ts';

/** Mean over rows and columns, which is how these networks use it. */
export const mean: Operator = ({ graph, tensor }) => {
  const value = arranged(graph, tensor(0), channelsFirst);
  const [batch, , , channels] = value.dims as [number, number, number, number];
  return { name: graph.node('GlobalAveragePool', [value.name]), dims: [batch, 1, 1, channels], axes: channelsFirst };
};
