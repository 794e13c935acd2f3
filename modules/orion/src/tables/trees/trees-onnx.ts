import { learningDomain, type OnnxGraph } from '@millwright/inference';
import type { ModelColumn } from '../types.ts';
import type { Trees } from './trees.ts';

/**
 * The trees as one TreeEnsembleRegressor, float32 [batch, outputs]. A set of levels becomes a column of its own, 1 where the level
 * is in it, since the operator compares numbers only.
 */
export function treesToOnnx(
  graph: OnnxGraph,
  features: string,
  trees: Trees,
  columns: readonly ModelColumn[],
  base: Float64Array,
): string {
  const { placeOf, input } = withSets(graph, features, trees, columns);
  const tree: number[] = [];
  const id: number[] = [];
  const column: number[] = [];
  const mode: string[] = [];
  const value: number[] = [];
  const yes: number[] = [];
  const no: number[] = [];
  const gapYes: number[] = [];
  const target = { tree: [] as number[], id: [] as number[], output: [] as number[], weight: [] as number[] };
  const count = trees.nodeStart.length - 1;
  const leaf = (of: number, place: number, output: number, weight: number) => {
    tree.push(of);
    id.push(place);
    column.push(0);
    mode.push('LEAF');
    for (const list of [value, yes, no, gapYes]) list.push(0);
    target.tree.push(of);
    target.id.push(place);
    target.output.push(output);
    target.weight.push(weight);
  };
  for (let at = 0; at < count; at++) {
    const [first, firstLeaf] = [trees.nodeStart[at]!, trees.leafStart[at]!];
    const nodes = trees.nodeStart[at + 1]! - first;
    const child = (to: number) => (to < 0 ? nodes + ~to : to);
    for (let node = 0; node < nodes; node++) {
      const place = first + node;
      const set = placeOf(place);
      tree.push(at);
      id.push(node);
      column.push(set ?? trees.column[place]!);
      mode.push(set === undefined ? 'BRANCH_LEQ' : 'BRANCH_GT');
      value.push(set === undefined ? trees.threshold[place]! : 0.5);
      yes.push(child(trees.left[place]!));
      no.push(child(trees.right[place]!));
      gapYes.push(trees.gapLeft[place]!);
    }
    for (let own = firstLeaf; own < trees.leafStart[at + 1]!; own++)
      leaf(at, nodes + own - firstLeaf, trees.output[at]!, trees.value[own]!);
  }
  // The operator wants a tree at least, and one for every output.
  for (const output of base.keys()) if (!trees.output.includes(output)) leaf(count + output, 0, output, 0);
  return graph.node(
    'TreeEnsembleRegressor',
    [input],
    {
      ...{ nodes_treeids: tree, nodes_nodeids: id, nodes_featureids: column, nodes_modes: { strings: mode } },
      ...{ nodes_values: { floats: value }, nodes_truenodeids: yes, nodes_falsenodeids: no },
      ...{ nodes_missing_value_tracks_true: gapYes, n_targets: base.length, base_values: { floats: base } },
      ...{ target_treeids: target.tree, target_nodeids: target.id, target_ids: target.output },
      target_weights: { floats: target.weight },
    },
    learningDomain,
  );
}

/** The columns with one more for each set; `placeOf` gives the column of a node that asks for a set. */
function withSets(graph: OnnxGraph, features: string, trees: Trees, columns: readonly ModelColumn[]) {
  const setsOf = new Map<number, number[]>();
  for (let node = 0; node < trees.column.length; node++) {
    const column = trees.column[node]!;
    if (columns[column]!.kind !== 'category') continue;
    const own = setsOf.get(column) ?? [];
    if (!own.includes(trees.threshold[node]!)) own.push(trees.threshold[node]!);
    setsOf.set(column, own);
  }
  const places = new Map<number, number>();
  const parts = [features];
  let next = columns.length;
  for (const [column, sets] of setsOf) {
    const { levels } = columns[column] as ModelColumn & { kind: 'category' };
    // Row 0 is for what is missing.
    const members = new Float32Array((levels.length + 1) * sets.length);
    for (const [at, set] of sets.entries()) {
      places.set(set, next++);
      for (let level = 0; level < levels.length; level++)
        members[(level + 1) * sets.length + at] = trees.sets[set]![level]!;
    }
    const own = graph.node('Gather', [features, graph.constant('int64', [], BigInt64Array.of(BigInt(column)))], {
      axis: 1,
    });
    const known = graph.node('Where', [graph.node('IsNaN', [own]), graph.floats([1], [-1]), own]);
    const row = graph.node('Cast', [graph.node('Add', [known, graph.floats([1], [1])])], { to: 7 });
    parts.push(graph.node('Gather', [graph.floats([levels.length + 1, sets.length], members), row], { axis: 0 }));
  }
  return {
    placeOf: (node: number): number | undefined =>
      columns[trees.column[node]!]!.kind === 'category' ? places.get(trees.threshold[node]!) : undefined,
    input: parts.length === 1 ? features : graph.node('Concat', parts, { axis: 1 }),
  };
}
