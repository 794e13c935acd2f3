import { OnnxGraph, withOnnxMetadata } from '@millwright/inference';
import { saveState } from '../../learners/state.ts';
import type { TableModel } from '../types.ts';
import type { TableCard } from './table-card.ts';

export const cardKey = 'millwright.table';
export const stateKey = 'millwright.state';

/** Names of what goes into the file and comes out. */
export const ports = {
  features: 'features',
  value: 'value',
  probabilities: 'probabilities',
  decision: 'decision',
} as const;

/**
 * The model's network: `features`, float32 [batch, columns] in the order of the card; out comes `value`, float32 [batch, 1], or
 * `probabilities`, float32 [batch, classes], and `decision`, int64 [batch], the index of a class.
 */
export function tableNetwork(
  model: TableModel,
  decision: { readonly positive: number; readonly threshold: number } | null,
): Uint8Array {
  const graph = new OnnxGraph('table');
  const features = graph.input(ports.features, 'float32', ['batch', model.columns.length]);
  const said = model.toOnnx(graph, features);
  if (model.task === 'regression') {
    graph.output(ports.value, said, 'float32', ['batch', 1]);
    return graph.encode();
  }
  graph.output(ports.probabilities, said, 'float32', ['batch', model.classes.length]);
  graph.output(ports.decision, decided(graph, said, decision), 'int64', ['batch']);
  return graph.encode();
}

function decided(
  graph: OnnxGraph,
  said: string,
  decision: { readonly positive: number; readonly threshold: number } | null,
): string {
  if (!decision) return graph.node('ArgMax', [said], { axis: 1, keepdims: 0 });
  const { positive, threshold } = decision;
  const own = graph.node('Gather', [said, graph.constant('int64', [], BigInt64Array.of(BigInt(positive)))], {
    axis: 1,
  });
  const above = graph.node('Cast', [graph.node('Greater', [own, graph.floats([1], [threshold])])], { to: 7 });
  return positive === 1 ? above : graph.node('Sub', [graph.integers([1]), above]);
}

/** The file: network, card, and what was learnt with every digit, which explanations need. */
export const tableFile = (network: Uint8Array, model: TableModel, card: TableCard): Uint8Array =>
  withOnnxMetadata(network, [
    [cardKey, JSON.stringify(card)],
    [stateKey, Buffer.from(saveState(model.state())).toString()],
  ]);
