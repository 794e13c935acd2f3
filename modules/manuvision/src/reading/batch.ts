import type { Values } from '@millwright/inference';
import type { ColourPlanes } from './colour-planes.ts';

/** Pictures of one size as the numbers that a network takes: pictures x 3 x height x width, 0 to 255. */
export function batchOf(pictures: readonly ColourPlanes[]): Values {
  const { width, height } = pictures[0]![0];
  const data = new Float32Array(pictures.length * 3 * width * height);
  pictures.forEach((planes, index) => {
    planes.forEach((plane, channel) => {
      data.set(plane.data, (index * 3 + channel) * width * height);
    });
  });
  return { dims: [pictures.length, 3, height, width], data };
}
