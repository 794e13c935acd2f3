import { type NodeSums, SplitFinder } from './find-split.ts';
import {
  arraysOf,
  chunkRows,
  type GrowArrays,
  type GrowLayout,
  type GrowShape,
  layoutOf,
  splitNumbers,
} from './grow-layout.ts';
import { histogramBytes, type WasmLoops, wasmLoops } from './wasm-loops.ts';
import type { SharedMemory } from './wasm-memory.ts';

/** Work that is divided into tasks; the tasks of a phase may run in any order on any thread, and give the same. */
export const phases = {
  gradients: 1,
  chances: 2,
  histograms: 3,
  divide: 4,
  gather: 5,
  raise: 6,
  raiseOthers: 7,
} as const;
export type Phase = (typeof phases)[keyof typeof phases];

/** Where a phase finds what it is told. */
export const told = {
  /** gradients, raise: which sum of a row. */
  output: 0,
  /** gradients: rows in the bag. */
  bag: 1,
  /** histograms: where the rows lie that are counted, the slot they are counted in, and the slot of the sibling, or -1. */
  start: 2,
  count: 3,
  slot: 4,
  sibling: 5,
  /** histograms: sums, rows and bounds of the counted node, then of the sibling; rows of 0 ask for no split. */
  node: 6,
  other: 11,
  /** divide, gather: what is divided, by which node's table, and how many of it go left. */
  divided: 16,
  dividedCount: 17,
  table: 18,
  column: 19,
  left: 20,
  /** raise: what is added, times the leaf's value. */
  rate: 21,
} as const;

export const leavesPerTask = 4;

/** One thread's part of growing trees: it owns nothing but a way into the shared memory. */
export class GrowKernel {
  readonly shape: GrowShape;
  readonly layout: GrowLayout;
  readonly arrays: GrowArrays;
  readonly #loops: WasmLoops;
  readonly #finder: SplitFinder;
  readonly #bounded: boolean;

  constructor(shape: GrowShape, memory: SharedMemory) {
    this.shape = shape;
    this.layout = layoutOf(shape);
    this.arrays = arraysOf(shape, this.layout, memory);
    this.#loops = wasmLoops(memory);
    this.#finder = new SplitFinder(shape.limits);
    this.#bounded = shape.monotone.some((direction) => direction !== 0);
  }

  run(phase: Phase, task: number): void {
    if (phase === phases.gradients) this.#gradients(task);
    else if (phase === phases.chances) this.#chances(task);
    else if (phase === phases.histograms) this.#histograms(task);
    else if (phase === phases.divide) this.#divide(task);
    else if (phase === phases.gather) this.#gather(task);
    else if (phase === phases.raise) this.#raise(task);
    else this.#raiseOthers(task);
  }

  /** Gradients and hessians of a chunk of the bag, and their sums. */
  #gradients(task: number): void {
    const { rows, bag, pairs, target, weights, scores, chances, told: given, partial } = this.arrays;
    const { loss, quantile, weighted, rows: all } = this.shape;
    const output = given[told.output]!;
    const first = output * all;
    const start = task * chunkRows;
    const end = Math.min(start + chunkRows, given[told.bag]!);
    let [gradients, hessians] = [0, 0];
    for (let at = start; at < end; at++) {
      const row = bag[at]!;
      rows[at] = row;
      const weight = weighted ? weights[row]! : 1;
      let [gradient, hessian] = [0, 1];
      if (loss === 'logistic') {
        const chance = 1 / (1 + Math.exp(-scores[row]!));
        gradient = chance - target[row]!;
        hessian = chance * (1 - chance);
        if (hessian < 1e-16) hessian = 1e-16;
      } else if (loss === 'softmax') {
        const chance = chances[first + row]!;
        gradient = chance - (target[row] === output ? 1 : 0);
        // Friedman's factor: the sums are not free, they add up to a constant.
        hessian = (1 - chance) * chance * (this.shape.outputs / (this.shape.outputs - 1));
        if (hessian < 1e-16) hessian = 1e-16;
      } else if (loss === 'quantile') gradient = target[row]! >= scores[row]! ? -quantile : 1 - quantile;
      else if (loss === 'squared') gradient = scores[row]! - target[row]!;
      else gradient = this.shape.outputs > 1 ? (target[row] === output ? -1 : 0) : -target[row]!;
      pairs[2 * at] = weight * gradient;
      pairs[2 * at + 1] = weight * hessian;
      gradients += pairs[2 * at]!;
      hessians += pairs[2 * at + 1]!;
    }
    partial[2 * task] = gradients;
    partial[2 * task + 1] = hessians;
  }

  /** Softmax of all rows of a chunk. */
  #chances(task: number): void {
    const { scores, chances } = this.arrays;
    const { outputs, rows } = this.shape;
    const end = Math.min((task + 1) * chunkRows, rows);
    for (let row = task * chunkRows; row < end; row++) {
      let most = scores[row]!;
      for (let at = row; at < outputs * rows; at += rows) if (scores[at]! > most) most = scores[at]!;
      let total = 0;
      for (let at = row; at < outputs * rows; at += rows) total += Math.exp(scores[at]! - most);
      for (let at = row; at < outputs * rows; at += rows) chances[at] = Math.exp(scores[at]! - most) / total;
    }
  }

  /** Histograms of a node by four columns, those of its sibling by what is left of their parent's, and the best split of both. */
  #histograms(block: number): void {
    const { told: given, histograms } = this.arrays;
    const { at, blocks } = this.layout;
    const slotBytes = blocks * 4 * histogramBytes;
    const offset = given[told.slot]! * slotBytes + block * 4 * histogramBytes;
    const from = offset / 8;
    const length = (4 * histogramBytes) / 8;
    histograms.fill(0, from, from + length);
    const start = given[told.start]!;
    const bins = at.bins + block * 4 * this.shape.rows;
    if (given[told.count]! > 0)
      this.#loops.addRows(at.rows + 4 * start, at.pairs + 8 * start, given[told.count]!, bins, at.histograms + offset);
    const sibling = given[told.sibling]!;
    if (sibling >= 0) {
      const other = (sibling * slotBytes + block * 4 * histogramBytes) / 8;
      for (let index = 0; index < length; index++) histograms[other + index]! -= histograms[from + index]!;
      this.#split(block, other, told.other, 1);
    }
    this.#split(block, from, told.node, 0);
  }

  #split(block: number, histogram: number, node: number, which: number): void {
    const { told: given, histograms, splits, allowed } = this.arrays;
    const { isCategory, monotone, columns } = this.shape;
    const to = (2 * block + which) * splitNumbers;
    splits[to] = 0;
    const sums: NodeSums = {
      gradient: given[node]!,
      hessian: given[node + 1]!,
      rows: given[node + 2]!,
      least: given[node + 3]!,
      most: given[node + 4]!,
    };
    if (sums.rows === 0) return;
    const end = Math.min(4 * block + 4, columns);
    for (let column = 4 * block; column < end; column++) {
      if (!allowed[column]) continue;
      const start = histogram + (column & 3) * 512;
      if (isCategory[column]) this.#finder.bySet(histograms, start, sums, column, this.#bounded, splits, to);
      else this.#finder.byThreshold(histograms, start, sums, column, monotone[column]!, this.#bounded, splits, to);
    }
  }

  /** A chunk of a node's rows: those that go left to the chunk's front, the others to its back. */
  #divide(task: number): void {
    const { told: given, fronts } = this.arrays;
    const { at } = this.layout;
    const start = given[told.divided]! + task * chunkRows;
    const count = Math.min(chunkRows, given[told.divided]! + given[told.dividedCount]! - start);
    const column = given[told.column]!;
    const bins = at.bins + (column >> 2) * 4 * this.shape.rows + (column & 3);
    fronts[task] = this.#loops.divide(
      ...([at.rows + 4 * start, at.pairs + 8 * start, count, bins, at.tables + 256 * given[told.table]!] as const),
      ...([at.otherRows + 4 * start, at.otherPairs + 8 * start] as const),
    );
  }

  /** Brings what was divided to its place: the left of all chunks, then the right of all. */
  #gather(task: number): void {
    const { told: given, fronts, rows, otherRows, pairs, otherPairs } = this.arrays;
    const begin = given[told.divided]!;
    let left = begin;
    for (let before = 0; before < task; before++) left += fronts[before]!;
    const start = begin + task * chunkRows;
    const right = begin + given[told.left]! + (start - left);
    const middle = start + fronts[task]!;
    const end = Math.min(start + chunkRows, begin + given[told.dividedCount]!);
    rows.set(otherRows.subarray(start, middle), left);
    rows.set(otherRows.subarray(middle, end), right);
    pairs.set(otherPairs.subarray(2 * start, 2 * middle), 2 * left);
    pairs.set(otherPairs.subarray(2 * middle, 2 * end), 2 * right);
  }

  /** Adds the values of a few leaves to the rows in them. */
  #raise(task: number): void {
    const { told: given, rows, scores, leafValue, leafStart, leafCount } = this.arrays;
    const first = given[told.output]! * this.shape.rows;
    const end = Math.min((task + 1) * leavesPerTask, this.shape.leaves);
    for (let leaf = task * leavesPerTask; leaf < end; leaf++) {
      const value = leafValue[leaf]! * given[told.rate]!;
      const last = leafStart[leaf]! + leafCount[leaf]!;
      for (let at = leafStart[leaf]!; at < last; at++) scores[first + rows[at]!]! += value;
    }
  }

  /** Adds the tree's value to a chunk of the rows that are not in the bag. */
  #raiseOthers(task: number): void {
    const { told: given, bag, bins, scores, tables, nodeColumn, nodeLeft, nodeRight, leafValue } = this.arrays;
    const all = this.shape.rows;
    const first = given[told.output]! * all;
    const start = given[told.bag]! + task * chunkRows;
    const end = Math.min(start + chunkRows, all);
    const rate = given[told.rate]!;
    for (let at = start; at < end; at++) {
      const row = bag[at]!;
      let node = 0;
      do {
        const column = nodeColumn[node]!;
        const bin = bins[((column >> 2) * all + row) * 4 + (column & 3)]!;
        node = tables[256 * node + bin] ? nodeLeft[node]! : nodeRight[node]!;
      } while (node >= 0);
      scores[first + row]! += leafValue[~node]! * rate;
    }
  }
}
