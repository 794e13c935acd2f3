import type { ColumnBins } from './bins.ts';
import type { Crew } from './crew.ts';
import { type NodeSums, nodeValue, splitKinds } from './find-split.ts';
import { leavesPerTask, phases, told } from './grow-kernel.ts';
import { chunkRows, splitNumbers } from './grow-layout.ts';
import type { GrownTree } from './trees.ts';

interface Leaf {
  readonly start: number;
  readonly sums: NodeSums;
  /** The node above and on which of its sides it is; undefined at the root. */
  readonly above?: { readonly node: number; readonly side: 'left' | 'right' };
  readonly depth: number;
  /** Where its histograms are, or -1 when they were given up. */
  slot: number;
  /** Numbers of its best split; a gain of 0 where there is none. */
  split: Float64Array;
}

export interface TreeLimits {
  readonly leaves: number;
  readonly depth: number;
  readonly minRows: number;
  readonly penalty: number;
  /** What every value is multiplied by. */
  readonly rate: number;
  /** What the target was divided by; values are in its own unit. */
  readonly scale: number;
}

export interface TreeAsked {
  readonly output: number;
  /** Rows in the bag. */
  readonly bag: number;
  /** Which columns the next node may split by, where each node may split by others; left out, by all of `allowed`. */
  readonly chooseColumns?: (allowed: Uint8Array) => void;
  /** A leaf's value from its rows, instead of the Newton step. */
  readonly leafValueOf?: (rows: Int32Array) => number;
}

/** Above every number of 32 bits but the infinite one, which counts as missing. */
const largest32 = 2 ** 128 - 2 ** 104;
const noSplit = new Float64Array(splitNumbers);

/**
 * Grows one tree leaf by leaf, always the split by which the loss falls most (Shi, 2007; Ke et al., 2017), and adds its values to the
 * scores of all rows. Undefined where nothing can be split. `gradients` must not have run yet.
 */
export function growTree(
  crew: Crew,
  bins: readonly ColumnBins[],
  limits: TreeLimits,
  asked: TreeAsked,
): GrownTree | undefined {
  return new Growth(crew, bins, limits, asked).grow();
}

class Growth {
  readonly #crew: Crew;
  readonly #bins: readonly ColumnBins[];
  readonly #limits: TreeLimits;
  readonly #asked: TreeAsked;
  readonly #leaves: Leaf[] = [];
  readonly #free: number[];
  readonly #tree = {
    ...{ column: [] as number[], threshold: [] as number[], set: [] as (Uint8Array | undefined)[] },
    ...{ gapLeft: [] as number[], left: [] as number[], right: [] as number[], nodeRows: [] as number[] },
  };

  constructor(crew: Crew, bins: readonly ColumnBins[], limits: TreeLimits, asked: TreeAsked) {
    this.#crew = crew;
    this.#bins = bins;
    this.#limits = limits;
    this.#asked = asked;
    this.#free = Array.from({ length: crew.kernel.shape.slots }, (_, slot) => slot).reverse();
  }

  grow(): GrownTree | undefined {
    const { kernel } = this.#crew;
    const { told: given, partial } = kernel.arrays;
    const { bag, output } = this.#asked;
    given[told.output] = output;
    given[told.bag] = bag;
    const chunks = Math.ceil(bag / chunkRows);
    this.#crew.run(phases.gradients, chunks);
    let [gradient, hessian] = [0, 0];
    for (let chunk = 0; chunk < chunks; chunk++) {
      gradient += partial[2 * chunk]!;
      hessian += partial[2 * chunk + 1]!;
    }
    const sums = { gradient, hessian, rows: bag, least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
    const root: Leaf = { start: 0, sums, depth: 0, slot: -1, split: noSplit };
    this.#leaves.push(root);
    this.#findSplits(root, undefined);
    while (this.#leaves.length < this.#limits.leaves) {
      const best = this.#best();
      if (best === undefined) break;
      this.#splitLeaf(best);
    }
    if (this.#leaves.length === 1) return undefined;
    return this.#finish();
  }

  /** The leaf whose split is worth most; the first of equal ones. */
  #best(): number | undefined {
    let found: number | undefined;
    for (const [at, { split }] of this.#leaves.entries())
      if (split[0]! > 0 && (found === undefined || split[0]! > this.#leaves[found]!.split[0]!)) found = at;
    return found;
  }

  #canSplit({ sums, depth }: Leaf): boolean {
    return sums.rows >= 2 * this.#limits.minRows && sums.rows > 1 && depth < this.#limits.depth;
  }

  #splitLeaf(place: number): void {
    const leaf = this.#leaves[place]!;
    const { sums, split, start } = leaf;
    const node = this.#addNode(leaf);
    const left = this.#divide(leaf, node);
    const { penalty } = this.#limits;
    const leftSums = { gradient: split[4]!, hessian: split[5]!, rows: left };
    const rightSums = {
      gradient: sums.gradient - split[4]!,
      hessian: sums.hessian - split[5]!,
      rows: sums.rows - left,
    };
    let [leftBounds, rightBounds] = [
      { least: sums.least, most: sums.most },
      { least: sums.least, most: sums.most },
    ];
    const direction = this.#crew.kernel.shape.monotone[split[1]!]!;
    if (direction !== 0) {
      // What lies on either side stays there (LightGBM's basic method).
      const value = (one: { gradient: number; hessian: number }) =>
        nodeValue(one.gradient, one.hessian, penalty, sums.least, sums.most);
      const middle = (value(leftSums) + value(rightSums)) / 2;
      leftBounds = { ...leftBounds, ...(direction > 0 ? { most: middle } : { least: middle }) };
      rightBounds = { ...rightBounds, ...(direction > 0 ? { least: middle } : { most: middle }) };
    }
    const common = { depth: leaf.depth + 1, slot: -1, split: noSplit };
    const one: Leaf = { ...common, start, sums: { ...leftSums, ...leftBounds }, above: { node, side: 'left' } };
    const two: Leaf = {
      ...{ ...common, start: start + left, sums: { ...rightSums, ...rightBounds } },
      above: { node, side: 'right' },
    };
    this.#leaves[place] = one;
    this.#leaves.push(two);
    this.#tree.left[node] = ~place;
    this.#tree.right[node] = ~(this.#leaves.length - 1);
    if (this.#leaves.length === this.#limits.leaves) return;
    const [less, more] = one.sums.rows <= two.sums.rows ? [one, two] : [two, one];
    if (leaf.slot >= 0 && this.#canSplit(more)) {
      more.slot = leaf.slot;
      this.#findSplits(less, more);
    } else {
      if (leaf.slot >= 0) this.#free.push(leaf.slot);
      for (const child of [one, two]) this.#findSplits(child, undefined);
    }
  }

  #addNode({ sums, split, above }: Leaf): number {
    const { tables, nodeColumn, nodeLeft, nodeRight } = this.#crew.kernel.arrays;
    const node = this.#tree.column.length;
    const column = split[1]!;
    const bins = this.#bins[column]!;
    const table = tables.subarray(256 * node, 256 * node + 256);
    if (split[2] === splitKinds.threshold) {
      for (let bin = 1; bin < 256; bin++) table[bin] = bin <= split[6]! ? 1 : 0;
      table[0] = split[3]!;
    } else for (let bin = 0; bin < 256; bin++) table[bin] = (split[6 + (bin >> 5)]! / 2 ** (bin & 31)) & 1;
    const { threshold, set, gapLeft, nodeRows } = this.#tree;
    this.#tree.column.push(column);
    threshold.push(bins.kind === 'number' ? (bins.edges[split[6]! - 1] ?? largest32) : 0);
    set.push(bins.kind === 'category' ? bins.bins.map((bin) => table[bin]!) : undefined);
    gapLeft.push(table[0]!);
    nodeRows.push(sums.rows);
    if (above) this.#tree[above.side][above.node] = node;
    nodeColumn[node] = column;
    nodeLeft[node] = 0;
    nodeRight[node] = 0;
    return node;
  }

  /** Moves the rows of a leaf so that those that go left come first. Gives how many. */
  #divide({ start, sums, split }: Leaf, node: number): number {
    const { told: given, fronts } = this.#crew.kernel.arrays;
    given[told.divided] = start;
    given[told.dividedCount] = sums.rows;
    given[told.table] = node;
    given[told.column] = split[1]!;
    const chunks = Math.ceil(sums.rows / chunkRows);
    this.#crew.run(phases.divide, chunks);
    let left = 0;
    for (let chunk = 0; chunk < chunks; chunk++) left += fronts[chunk]!;
    given[told.left] = left;
    this.#crew.run(phases.gather, chunks);
    return left;
  }

  /** Counts the histograms of a leaf, takes its sibling's from what is left of their parent's, and finds the best split of both. */
  #findSplits(leaf: Leaf, sibling: Leaf | undefined): void {
    const [wanted, other] = [this.#canSplit(leaf), sibling !== undefined && this.#canSplit(sibling)];
    if (!wanted && !other) return;
    const { kernel } = this.#crew;
    const { told: given, splits, allowed } = kernel.arrays;
    leaf.slot = this.#takeSlot();
    given[told.start] = leaf.start;
    given[told.count] = leaf.sums.rows;
    given[told.slot] = leaf.slot;
    given[told.sibling] = sibling ? sibling.slot : -1;
    this.#tell(told.node, leaf, wanted);
    if (sibling) this.#tell(told.other, sibling, other);
    this.#asked.chooseColumns?.(allowed);
    this.#crew.run(phases.histograms, kernel.layout.blocks);
    for (const [which, one] of [leaf, sibling].entries()) {
      if (!one) continue;
      let best = 0;
      for (let block = 1; block < kernel.layout.blocks; block++)
        if (splits[(2 * block + which) * splitNumbers]! > splits[(2 * best + which) * splitNumbers]!) best = block;
      const from = (2 * best + which) * splitNumbers;
      one.split = splits.slice(from, from + splitNumbers);
      if (one.split[0]! <= 0) {
        this.#free.push(one.slot);
        one.slot = -1;
      }
    }
  }

  #tell(at: number, { sums }: Leaf, wanted: boolean): void {
    const { told: given } = this.#crew.kernel.arrays;
    given[at] = sums.gradient;
    given[at + 1] = sums.hessian;
    given[at + 2] = wanted ? sums.rows : 0;
    given[at + 3] = sums.least;
    given[at + 4] = sums.most;
  }

  /** A free slot, or that of the leaf whose split is worth least, which is counted anew when its turn comes. */
  #takeSlot(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    let least: Leaf | undefined;
    for (const leaf of this.#leaves)
      if (leaf.slot >= 0 && leaf.split !== noSplit && (!least || leaf.split[0]! < least.split[0]!)) least = leaf;
    const { slot } = least!;
    least!.slot = -1;
    return slot;
  }

  #finish(): GrownTree {
    const { arrays } = this.#crew.kernel;
    const { told: given, rows, nodeLeft, nodeRight, leafValue, leafStart, leafCount } = arrays;
    const { penalty, rate, scale } = this.#limits;
    const { output, bag, leafValueOf } = this.#asked;
    leafCount.fill(0);
    const value: number[] = [];
    for (const [at, { start, sums }] of this.#leaves.entries()) {
      const own = leafValueOf
        ? leafValueOf(rows.subarray(start, start + sums.rows))
        : nodeValue(sums.gradient, sums.hessian, penalty, sums.least, sums.most);
      value.push(Math.fround(own * rate * scale));
      leafValue[at] = value[at]!;
      leafStart[at] = start;
      leafCount[at] = sums.rows;
    }
    nodeLeft.set(this.#tree.left);
    nodeRight.set(this.#tree.right);
    given[told.rate] = 1 / scale;
    this.#crew.run(phases.raise, Math.ceil(this.#leaves.length / leavesPerTask));
    const others = arrays.bag.length - bag;
    if (others > 0) this.#crew.run(phases.raiseOthers, Math.ceil(others / chunkRows));
    return { ...this.#tree, output, leafRows: this.#leaves.map(({ sums }) => sums.rows), value };
  }
}
