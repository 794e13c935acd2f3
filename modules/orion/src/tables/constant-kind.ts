import { setImmediate } from 'node:timers/promises';
import type { OnnxGraph } from '@millwright/inference';
import { z } from 'zod';
import type { State } from '../learners/learner.ts';
import { settingsOf } from '../learners/settings-of.ts';
import type { Table } from '../table/table.ts';
import { factsOf, matchColumns } from './columns.ts';
import { linked, linkedInGraph, outputsOf } from './link.ts';
import { factsFrom, factsState } from './model-state.ts';
import type { Explanation, ModelColumn, ModelFacts, TableKind, TableModel, TableTask } from './types.ts';

const settings = z.strictObject({});

/** Says the same of every row. */
class ConstantModel implements TableModel {
  readonly task: TableTask;
  readonly classes: readonly string[];
  readonly columns: readonly ModelColumn[];
  /** One an output, before the link. */
  readonly #said: Float64Array;

  constructor(facts: ModelFacts, said: Float64Array) {
    this.task = facts.task;
    this.classes = facts.classes;
    this.columns = facts.columns;
    this.#said = said;
  }

  static open(state: State): ConstantModel {
    return new ConstantModel(factsFrom(state), state.said as Float64Array);
  }

  state(): State {
    return { ...factsState(this), said: this.#said };
  }

  predict(table: Table): Float64Array {
    matchColumns(this.columns, table);
    const width = this.#said.length;
    const sums = new Float64Array(table.rows * width);
    for (let row = 0; row < table.rows; row++) sums.set(this.#said, row * width);
    return linked(this, sums);
  }

  explain(table: Table): Explanation {
    const values = new Float64Array(table.rows * this.#said.length * this.columns.length);
    return { base: this.#said.slice(), values, unit: this.task === 'regression' ? 'target' : 'log-odds' };
  }

  toOnnx(graph: OnnxGraph, features: string): string {
    const width = this.#said.length;
    // [batch, columns] becomes [batch, 1], to which the answer is spread.
    const rows = graph.node('Mul', [graph.node('Shape', [features]), graph.integers([1, 0])]);
    const shape = graph.node('Add', [rows, graph.integers([0, 1])]);
    return linkedInGraph(this, graph, graph.node('Expand', [graph.floats([1, width], this.#said), shape]));
  }
}

/** The yardstick of every other kind: the mean of the target, or the share of each class, whatever the row. */
export const constantKind: TableKind = {
  name: 'constant',
  summary: 'The mean of the target, or each class by its share: what any other method has to beat.',
  tasks: ['regression', 'classification'],
  settings,
  async fit(data, given, _seed, { signal }) {
    settingsOf({ name: 'constant', settings }, given);
    await setImmediate();
    signal.throwIfAborted();
    const facts = factsOf(data, constantKind);
    const { target, weights } = data;
    const totals = new Float64Array(Math.max(facts.classes.length, 1));
    let all = 0;
    for (let row = 0; row < target.length; row++) {
      const weight = weights ? weights[row]! : 1;
      all += weight;
      if (data.task === 'regression') totals[0]! += (weight * (target[row]! - totals[0]!)) / Math.max(all, 1e-300);
      else totals[target[row]!]! += weight;
    }
    if (data.task === 'regression') return new ConstantModel(facts, totals);
    // Of a class without an example something is left, since never is too strong a word (Laplace).
    const logs = totals.map((total) => Math.log((total + 1) / (all + totals.length)));
    const outputs = outputsOf(facts);
    return new ConstantModel(facts, outputs === 1 ? Float64Array.of(logs[1]! - logs[0]!) : logs);
  },
  open: (state) => ConstantModel.open(state),
};
