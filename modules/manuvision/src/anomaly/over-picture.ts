import type { OnnxGraph } from '@millwright/inference';

/** Of each channel over the picture: what differs from its mean, and its deviation. */
export function spreadOf(graph: OnnxGraph, value: string): { readonly rest: string; readonly deviation: string } {
  const rest = graph.node('Sub', [value, graph.node('GlobalAveragePool', [value])]);
  const variance = graph.node('GlobalAveragePool', [graph.node('Mul', [rest, rest])]);
  return { rest, deviation: graph.node('Sqrt', [variance]) };
}
