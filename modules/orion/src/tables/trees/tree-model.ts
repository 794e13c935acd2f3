import type { OnnxGraph } from '@millwright/inference';
import type { State } from '../../learners/learner.ts';
import type { Table } from '../../table/table.ts';
import { matchColumns } from '../columns.ts';
import { linked, linkedInGraph, outputsOf } from '../link.ts';
import { factsFrom, factsState } from '../model-state.ts';
import type { Explanation, ModelColumn, ModelFacts, TableModel, TableTask } from '../types.ts';
import { TreeScorer } from './tree-scorer.ts';
import { TreeShap } from './tree-shap.ts';
import type { Trees } from './trees.ts';
import { treesToOnnx } from './trees-onnx.ts';

/** Whether sums are the target or log-odds, or shares of the classes already. */
export type TreeLink = 'usual' | 'shares';

/** A sum of trees. */
export class TreeModel implements TableModel {
  readonly task: TableTask;
  readonly classes: readonly string[];
  readonly columns: readonly ModelColumn[];
  readonly #trees: Trees;
  /** What each sum begins with. */
  readonly #base: Float64Array;
  readonly #link: TreeLink;
  #scorer: TreeScorer | undefined;

  constructor(facts: ModelFacts, trees: Trees, base: Float64Array, link: TreeLink) {
    this.task = facts.task;
    this.classes = facts.classes;
    this.columns = facts.columns;
    this.#trees = trees;
    this.#base = base;
    this.#link = link;
  }

  static open(state: State): TreeModel {
    const { trees, base, link } = state as unknown as { trees: Trees; base: Float64Array; link: TreeLink };
    return new TreeModel(factsFrom(state), trees, base, link);
  }

  get trees(): number {
    return this.#trees.nodeStart.length - 1;
  }

  state(): State {
    return { ...factsState(this), trees: { ...this.#trees }, base: this.#base, link: this.#link };
  }

  predict(table: Table): Float64Array {
    return this.#linked(this.#sums(matchColumns(this.columns, table), table.rows));
  }

  /** TreeSHAP along the trees' own ways; of a forest of classes in shares, else before the link. */
  explain(table: Table): Explanation {
    const values = matchColumns(this.columns, table);
    const outputs = outputsOf(this);
    const width = this.columns.length;
    const shap = new TreeShap(this.#trees, width, (node, row) =>
      this.#goesLeft(node, values[this.#trees.column[node]!]![row]!),
    );
    const result = new Float64Array(table.rows * outputs * width);
    for (let row = 0; row < table.rows; row++) shap.add(row, result, row * outputs * width);
    const base = shap.means(outputs).map((mean, output) => mean + this.#base[output]!);
    return { base, values: result, unit: this.#unit() };
  }

  #unit(): Explanation['unit'] {
    if (this.task === 'regression') return 'target';
    return this.#link === 'shares' ? 'share' : 'log-odds';
  }

  toOnnx(graph: OnnxGraph, features: string): string {
    const sums = treesToOnnx(graph, features, this.#trees, this.columns, this.#base);
    if (this.#link === 'usual' || this.task === 'regression') return linkedInGraph(this, graph, sums);
    if (this.classes.length === 2)
      return graph.node('Concat', [graph.node('Sub', [graph.floats([1], [1]), sums]), sums], { axis: 1 });
    const total = graph.node('ReduceSum', [sums, graph.integers([1])], { keepdims: 1 });
    return graph.node('Div', [sums, graph.node('Max', [total, graph.floats([1], [1e-9])])]);
  }

  #linked(sums: Float64Array): Float64Array {
    if (this.#link === 'usual' || this.task === 'regression') return linked(this, sums);
    const classes = this.classes.length;
    if (classes === 2)
      return Float64Array.from({ length: 2 * sums.length }, (_, at) => (at & 1 ? sums[at >> 1]! : 1 - sums[at >> 1]!));
    for (let start = 0; start < sums.length; start += classes) {
      let total = 0;
      for (let at = start; at < start + classes; at++) total += sums[at]!;
      for (let at = start; at < start + classes; at++) sums[at]! /= Math.max(total, 1e-9);
    }
    return sums;
  }

  #goesLeft(node: number, value: number): boolean {
    const { column, threshold, gapLeft, sets } = this.#trees;
    if (Number.isNaN(value)) return gapLeft[node] === 1;
    if (this.columns[column[node]!]!.kind === 'category') return sets[threshold[node]!]![value] === 1;
    return value <= threshold[node]!;
  }

  #sums(values: readonly Float32Array[], rows: number): Float64Array {
    const outputs = outputsOf(this);
    const sums = new Float64Array(rows * outputs);
    for (let row = 0; row < rows; row++) sums.set(this.#base, row * outputs);
    this.#scorer ??= new TreeScorer(this.#trees, this.columns, outputs);
    this.#scorer.add(values, rows, sums);
    return sums;
  }
}
