import type { Operator } from '../operator.ts';
import { arranged, channelsFirst } from '../value.ts';
import { flag } from './attributes.ts';

/** Written as a factor instead of TensorFlow's fixed size, so that the network takes pictures of every size. */
export const resizeBilinear: Operator = ({ graph, node, tensor, constant }) => {
  const value = arranged(graph, tensor(0), channelsFirst);
  const [batch, height, width, channels] = value.dims as [number, number, number, number];
  const [rows, columns] = [...constant(1)!.data] as [number, number];
  const scales = graph.floats([4], [1, 1, rows / height, columns / width]);
  const coordinates = flag(node, 'half_pixel_centers') ? 'half_pixel' : 'asymmetric';
  const name = graph.node('Resize', [value.name, '', scales], {
    ...{ mode: 'linear', coordinate_transformation_mode: coordinates },
  });
  return { name, dims: [batch, rows, columns, channels], axes: channelsFirst };
};
