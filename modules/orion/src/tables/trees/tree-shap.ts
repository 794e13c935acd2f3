import type { Trees } from './trees.ts';

/** A way from the root: for each column on it, the shares of the ways on which it is and is not known, and weights by their number. */
class Path {
  readonly column: Int32Array;
  readonly unknown: Float64Array;
  readonly known: Float64Array;
  readonly weight: Float64Array;

  constructor(length: number) {
    this.column = new Int32Array(length);
    this.unknown = new Float64Array(length);
    this.known = new Float64Array(length);
    this.weight = new Float64Array(length);
  }
}

/**
 * Shapley values of trees along their own ways (Lundberg et al., "Consistent Individualized Feature Attribution for Tree Ensembles",
 * 2018, algorithm 2): for each row they add up to what the trees say less their mean over the rows that they learnt from.
 */
export class TreeShap {
  readonly #trees: Trees;
  readonly #columns: number;
  readonly #path: Path;
  readonly #depth: number;
  readonly #goesLeft: (node: number, row: number) => boolean;

  constructor(trees: Trees, columns: number, goesLeft: (node: number, row: number) => boolean) {
    this.#trees = trees;
    this.#columns = columns;
    this.#goesLeft = goesLeft;
    this.#depth = depthOf(trees);
    const length = ((this.#depth + 3) * (this.#depth + 4)) / 2;
    this.#path = new Path(length);
  }

  /** Mean of each output over the rows that were learnt from, from 0. */
  means(outputs: number): Float64Array {
    const { nodeStart, leafStart, leafRows, output, value } = this.#trees;
    const means = new Float64Array(outputs);
    for (let tree = 0; tree + 1 < nodeStart.length; tree++) {
      let [sum, rows] = [0, 0];
      for (let leaf = leafStart[tree]!; leaf < leafStart[tree + 1]!; leaf++) {
        sum += leafRows[leaf]! * value[leaf]!;
        rows += leafRows[leaf]!;
      }
      means[output[tree]!]! += sum / rows;
    }
    return means;
  }

  /** Adds the values of a row to `into` at `at`: outputs by columns. */
  add(row: number, into: Float64Array, at: number): void {
    const { nodeStart, output } = this.#trees;
    for (let tree = 0; tree + 1 < nodeStart.length; tree++)
      if (nodeStart[tree + 1]! > nodeStart[tree]!)
        this.#walk(tree, 0, row, 0, 0, 0, 1, 1, -1, into, at + output[tree]! * this.#columns);
  }

  #walk(
    tree: number,
    node: number,
    row: number,
    parent: number,
    from: number,
    depth: number,
    unknownShare: number,
    knownShare: number,
    column: number,
    into: Float64Array,
    at: number,
  ): void {
    const { nodeStart, leafStart, left, right, value, nodeRows, leafRows } = this.#trees;
    const path = this.#path;
    // This node's own copy of the way behind the parent's.
    const start = depth === 0 ? 0 : from;
    for (let step = 0; step < depth; step++) {
      path.column[start + step] = path.column[parent + step]!;
      path.unknown[start + step] = path.unknown[parent + step]!;
      path.known[start + step] = path.known[parent + step]!;
      path.weight[start + step] = path.weight[parent + step]!;
    }
    this.#extend(start, depth, unknownShare, knownShare, column);
    if (node < 0) {
      const said = value[leafStart[tree]! + ~node]!;
      for (let step = 1; step <= depth; step++) {
        const weight = this.#unwoundSum(start, depth, step);
        into[at + path.column[start + step]!]! +=
          weight * (path.known[start + step]! - path.unknown[start + step]!) * said;
      }
      return;
    }
    const place = nodeStart[tree]! + node;
    const own = this.#trees.column[place]!;
    const [hot, cold] = this.#goesLeft(place, row) ? [left[place]!, right[place]!] : [right[place]!, left[place]!];
    const rowsOf = (child: number): number =>
      child < 0 ? leafRows[leafStart[tree]! + ~child]! : nodeRows[nodeStart[tree]! + child]!;
    let [length, unknownBefore, knownBefore] = [depth, 1, 1];
    for (let step = 1; step <= depth; step++)
      if (path.column[start + step] === own) {
        unknownBefore = path.unknown[start + step]!;
        knownBefore = path.known[start + step]!;
        this.#unwind(start, depth, step);
        length -= 1;
        break;
      }
    const all = nodeRows[place]!;
    const next = start + length + 1;
    const below = length + 1;
    this.#walk(tree, hot, row, start, next, below, (unknownBefore * rowsOf(hot)) / all, knownBefore, own, into, at);
    this.#walk(tree, cold, row, start, next, below, (unknownBefore * rowsOf(cold)) / all, 0, own, into, at);
  }

  #extend(start: number, depth: number, unknownShare: number, knownShare: number, column: number): void {
    const { column: columns, unknown, known, weight } = this.#path;
    columns[start + depth] = column;
    unknown[start + depth] = unknownShare;
    known[start + depth] = knownShare;
    weight[start + depth] = depth === 0 ? 1 : 0;
    for (let step = depth - 1; step >= 0; step--) {
      weight[start + step + 1]! += (knownShare * weight[start + step]! * (step + 1)) / (depth + 1);
      weight[start + step] = (unknownShare * weight[start + step]! * (depth - step)) / (depth + 1);
    }
  }

  #unwind(start: number, depth: number, at: number): void {
    const { column, unknown, known, weight } = this.#path;
    const [ones, zeros] = [known[start + at]!, unknown[start + at]!];
    let next = weight[start + depth]!;
    for (let step = depth - 1; step >= 0; step--) {
      if (ones !== 0) {
        const before = weight[start + step]!;
        weight[start + step] = (next * (depth + 1)) / ((step + 1) * ones);
        next = before - (weight[start + step]! * zeros * (depth - step)) / (depth + 1);
      } else weight[start + step] = (weight[start + step]! * (depth + 1)) / (zeros * (depth - step));
    }
    for (let step = at; step < depth; step++) {
      column[start + step] = column[start + step + 1]!;
      unknown[start + step] = unknown[start + step + 1]!;
      known[start + step] = known[start + step + 1]!;
    }
  }

  #unwoundSum(start: number, depth: number, at: number): number {
    const { unknown, known, weight } = this.#path;
    const [ones, zeros] = [known[start + at]!, unknown[start + at]!];
    let next = weight[start + depth]!;
    let total = 0;
    for (let step = depth - 1; step >= 0; step--) {
      if (ones !== 0) {
        const own = (next * (depth + 1)) / ((step + 1) * ones);
        total += own;
        next = weight[start + step]! - (own * zeros * (depth - step)) / (depth + 1);
      } else total += (weight[start + step]! * (depth + 1)) / (zeros * (depth - step));
    }
    return total;
  }
}

function depthOf({ nodeStart, left, right }: Trees): number {
  let most = 0;
  for (let tree = 0; tree + 1 < nodeStart.length; tree++) {
    const depth = new Int32Array(nodeStart[tree + 1]! - nodeStart[tree]!);
    // A child is grown after its parent, so it comes later.
    for (let node = 0; node < depth.length; node++)
      for (const child of [left[nodeStart[tree]! + node]!, right[nodeStart[tree]! + node]!]) {
        if (child >= 0) depth[child] = depth[node]! + 1;
        most = Math.max(most, depth[node]! + 1);
      }
  }
  return most;
}
