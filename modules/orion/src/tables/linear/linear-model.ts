import type { OnnxGraph } from '@millwright/inference';
import type { State } from '../../learners/learner.ts';
import type { Table } from '../../table/table.ts';
import { matchColumns } from '../columns.ts';
import { linked, linkedInGraph, outputsOf } from '../link.ts';
import { factsFrom, factsState } from '../model-state.ts';
import type { Explanation, ModelColumn, ModelFacts, TableModel, TableTask } from '../types.ts';
import { columnsOfTerms, type Design, eachBlock, termsOf } from './design.ts';

/** A weighted sum of terms for each output; the target itself, or the logarithm of odds. */
export class LinearModel implements TableModel {
  readonly task: TableTask;
  readonly classes: readonly string[];
  readonly columns: readonly ModelColumn[];
  readonly #design: Design;
  /** Terms by outputs. */
  readonly #weights: Float64Array;
  /** One an output: what it says where every term is at its mean. */
  readonly #bias: Float64Array;

  constructor(facts: ModelFacts, design: Design, weights: Float64Array, bias: Float64Array) {
    this.task = facts.task;
    this.classes = facts.classes;
    this.columns = facts.columns;
    this.#design = design;
    this.#weights = weights;
    this.#bias = bias;
  }

  static open(state: State): LinearModel {
    const design = state.design as unknown as Design;
    return new LinearModel(factsFrom(state), design, state.weights as Float64Array, state.bias as Float64Array);
  }

  state(): State {
    return {
      ...factsState(this),
      design: { ...this.#design },
      weights: this.#weights,
      bias: this.#bias,
    };
  }

  predict(table: Table): Float64Array {
    const outputs = outputsOf(this);
    const terms = termsOf(this.#design);
    const sums = new Float64Array(table.rows * outputs);
    eachBlock(this.#design, matchColumns(this.columns, table), table.rows, (block, first, rows) => {
      for (let row = 0; row < rows; row++)
        for (let output = 0; output < outputs; output++) {
          let sum = this.#bias[output]!;
          for (let term = 0; term < terms; term++)
            sum += block[row * terms + term]! * this.#weights[term * outputs + output]!;
          sums[(first + row) * outputs + output] = sum;
        }
    });
    return linked(this, sums);
  }

  /** Exact Shapley values where columns are taken to be independent: each term's weight times its distance from the mean. */
  explain(table: Table): Explanation {
    const outputs = outputsOf(this);
    const terms = termsOf(this.#design);
    const owners = columnsOfTerms(this.#design);
    const width = this.columns.length;
    const values = new Float64Array(table.rows * outputs * width);
    eachBlock(this.#design, matchColumns(this.columns, table), table.rows, (block, first, rows) => {
      for (let row = 0; row < rows; row++)
        for (let output = 0; output < outputs; output++) {
          const start = ((first + row) * outputs + output) * width;
          for (let term = 0; term < terms; term++)
            values[start + owners[term]!]! += block[row * terms + term]! * this.#weights[term * outputs + output]!;
        }
    });
    return { base: this.#bias.slice(), values, unit: this.task === 'regression' ? 'target' : 'log-odds' };
  }

  toOnnx(graph: OnnxGraph, features: string): string {
    const { numbers, gaps, levelColumns, levels, centre, scale } = this.#design;
    const outputs = outputsOf(this);
    const taken = (columns: Int32Array) => graph.node('Gather', [features, graph.integers([...columns])], { axis: 1 });
    const bits = (value: string) => graph.node('Cast', [value], { to: 1 });
    const parts: string[] = [];
    if (numbers.length > 0) {
      const own = taken(numbers);
      const means = graph.floats([1, numbers.length], centre.subarray(0, numbers.length));
      parts.push(graph.node('Where', [graph.node('IsNaN', [own]), means, own]));
    }
    if (gaps.length > 0) parts.push(bits(graph.node('IsNaN', [taken(gaps)])));
    if (levels.length > 0)
      parts.push(bits(graph.node('Equal', [taken(levelColumns), graph.floats([1, levels.length], levels)])));
    const terms = termsOf(this.#design);
    const away = graph.node('Sub', [graph.node('Concat', parts, { axis: 1 }), graph.floats([1, terms], centre)]);
    const scaled = graph.node('Div', [away, graph.floats([1, terms], scale)]);
    const product = graph.node('MatMul', [scaled, graph.floats([terms, outputs], this.#weights)]);
    return linkedInGraph(this, graph, graph.node('Add', [product, graph.floats([1, outputs], this.#bias)]));
  }
}
