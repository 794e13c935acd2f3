import type { GraphNode } from '../graph-model.ts';
import { integers, text } from './attributes.ts';

export interface Window {
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number];
  readonly rows: number;
  readonly columns: number;
}

/**
 * How a window moves over rows and columns (both orders as TensorFlow's NHWC attributes have them). SAME padding is that of
 * TensorFlow: the result has ceil(length / stride) places and an odd pad lies at the end. It is worked out at the nominal
 * size and holds for every size that the strides divide.
 */
export function windowOf(node: GraphNode, kernel: readonly [number, number], size: readonly [number, number]): Window {
  const pair = (name: string): [number, number] => {
    const list = integers(node, name);
    return list.length === 4 ? [list[1]!, list[2]!] : [1, 1];
  };
  const [strides, dilations] = [pair('strides'), pair('dilations')];
  const same = text(node, 'padding') === 'SAME';
  const along = [0, 1].map((axis) => {
    const reach = (kernel[axis]! - 1) * dilations[axis]! + 1;
    const places = same
      ? Math.ceil(size[axis]! / strides[axis]!)
      : Math.floor((size[axis]! - reach) / strides[axis]!) + 1;
    const total = same ? Math.max((places - 1) * strides[axis]! + reach - size[axis]!, 0) : 0;
    return { places, before: Math.floor(total / 2), after: Math.ceil(total / 2) };
  });
  const [down, across] = [along[0]!, along[1]!];
  return {
    ...{ strides, dilations, rows: down.places, columns: across.places },
    pads: [down.before, across.before, down.after, across.after],
  };
}
