import { OnnxGraph } from '@millwright/inference';
import type { Bounds } from './compare.ts';

/**
 * The comparison as a network: input `planes`, uint8 [channels, height, width], a picture laid on the template, in its light;
 * output `excess`, float32 [height, width]: by how much a place is out of bounds, 0 where it is not.
 */
export function templateNetwork({ lower, upper }: Bounds, width: number, height: number): Uint8Array {
  const graph = new OnnxGraph('golden-template');
  const dims = [lower.length, height, width];
  const float = (value: string) => graph.node('Cast', [value], { to: 1 });
  const planes = float(graph.input('planes', 'uint8', dims));
  const least = float(graph.constant('uint8', dims, joined(lower)));
  const greatest = float(graph.constant('uint8', dims, joined(upper)));
  const under = graph.node('Sub', [least, planes]);
  const over = graph.node('Sub', [planes, greatest]);
  const excess = graph.node('Relu', [graph.node('Max', [under, over])]);
  graph.output('excess', graph.node('ReduceMax', [excess], { axes: [0], keepdims: 0 }), 'float32', [height, width]);
  return graph.encode();
}

export function joined(planes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(planes.reduce((sum, plane) => sum + plane.length, 0));
  let at = 0;
  for (const plane of planes) {
    bytes.set(plane, at);
    at += plane.length;
  }
  return bytes;
}
