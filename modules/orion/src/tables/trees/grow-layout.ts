import { histogramBytes } from './wasm-loops.ts';
import type { SharedMemory } from './wasm-memory.ts';

/** What a loss is: how gradients follow from the sums so far. */
export type Loss = 'squared' | 'logistic' | 'softmax' | 'quantile' | 'mean';

/** All that must be known to find one's way in the memory that is shared by the threads of one training. */
export interface GrowShape {
  readonly rows: number;
  readonly columns: number;
  /** Sums of each row: classes for softmax, else 1. */
  readonly outputs: number;
  /** Leaves of a tree at most. */
  readonly leaves: number;
  /** Histograms of a node, over all columns, that are kept at one time. */
  readonly slots: number;
  readonly loss: Loss;
  /** For the quantile loss. */
  readonly quantile: number;
  readonly weighted: boolean;
  readonly limits: SplitLimits;
  /** 1 where a column is a category. */
  readonly isCategory: Uint8Array;
  /** 1 where the sum may only rise with the column, -1 where it may only fall. */
  readonly monotone: Int8Array;
}

export interface SplitLimits {
  readonly minRows: number;
  readonly minHessian: number;
  readonly penalty: number;
  readonly minGain: number;
}

/** Rows that one task of a thread takes; results follow from it, so it is the same on every machine. */
export const chunkRows = 32_768;
/** Numbers that describe a split: gain, column, kind, missing to the left, sums of gradient and hessian to the left, 8 words of bins. */
export const splitNumbers = 14;

/** The shared memory by what lies in it. */
export interface GrowLayout {
  readonly bytes: number;
  readonly blocks: number;
  readonly chunks: number;
  /** Addresses, for the loops. */
  readonly at: Readonly<
    Record<'bins' | 'rows' | 'otherRows' | 'pairs' | 'otherPairs' | 'histograms' | 'tables', number>
  >;
}

export interface GrowArrays {
  /** Four columns a block, blocks one after the other, four bytes a row. */
  readonly bins: Uint8Array;
  /** Rows that are learnt from in this tree, leaf by leaf, and room for them to move. */
  readonly rows: Int32Array;
  readonly otherRows: Int32Array;
  /** Gradient and hessian of `rows`, in their order. */
  readonly pairs: Float32Array;
  readonly otherPairs: Float32Array;
  /** Rows to learn from in this tree, ascending, then all others, ascending. */
  readonly bag: Int32Array;
  readonly scores: Float64Array;
  /** Of softmax, at the beginning of a round. */
  readonly chances: Float32Array;
  readonly target: Float64Array;
  readonly weights: Float32Array;
  readonly histograms: Float64Array;
  readonly splits: Float64Array;
  /** A byte for each bin of each inner node: 1 goes left. */
  readonly tables: Uint8Array;
  readonly nodeColumn: Int32Array;
  readonly nodeLeft: Int32Array;
  readonly nodeRight: Int32Array;
  readonly leafValue: Float64Array;
  readonly leafStart: Int32Array;
  readonly leafCount: Int32Array;
  /** 1 where this tree may split by the column. */
  readonly allowed: Uint8Array;
  /** What a phase leaves for each of its tasks. */
  readonly partial: Float64Array;
  readonly fronts: Int32Array;
  /** What a phase is told. */
  readonly told: Float64Array;
  /** Which phase runs, its tasks, and how many are done. */
  readonly control: Int32Array;
}

type Kind = { readonly BYTES_PER_ELEMENT: number };

/** Where each array lies, with its type. */
function places(shape: GrowShape) {
  const { rows, columns, outputs, leaves, slots } = shape;
  const blocks = Math.ceil(columns / 4);
  const chunks = Math.max(1, Math.ceil(rows / chunkRows));
  const list = {
    control: [Int32Array, 16],
    told: [Float64Array, 32],
    partial: [Float64Array, 2 * chunks],
    fronts: [Int32Array, chunks],
    allowed: [Uint8Array, columns],
    splits: [Float64Array, 2 * blocks * splitNumbers],
    nodeColumn: [Int32Array, leaves],
    nodeLeft: [Int32Array, leaves],
    nodeRight: [Int32Array, leaves],
    leafValue: [Float64Array, leaves],
    leafStart: [Int32Array, leaves],
    leafCount: [Int32Array, leaves],
    tables: [Uint8Array, 256 * leaves],
    histograms: [Float64Array, (slots * blocks * 4 * histogramBytes) / 8],
    bins: [Uint8Array, 4 * blocks * rows],
    rows: [Int32Array, rows],
    otherRows: [Int32Array, rows],
    pairs: [Float32Array, 2 * rows],
    otherPairs: [Float32Array, 2 * rows],
    bag: [Int32Array, rows],
    scores: [Float64Array, rows * outputs],
    chances: [Float32Array, shape.loss === 'softmax' ? rows * outputs : 0],
    target: [Float64Array, rows],
    weights: [Float32Array, shape.weighted ? rows : 0],
  } as const satisfies Record<keyof GrowArrays, readonly [Kind, number]>;
  return { blocks, chunks, list };
}

export function layoutOf(shape: GrowShape): GrowLayout {
  const { blocks, chunks, list } = places(shape);
  const at: Record<string, number> = {};
  let bytes = 0;
  for (const [name, [kind, length]] of Object.entries(list)) {
    at[name] = bytes;
    bytes = Math.ceil((bytes + kind.BYTES_PER_ELEMENT * length) / 64) * 64;
  }
  return { bytes, blocks, chunks, at: at as GrowLayout['at'] };
}

export function arraysOf(shape: GrowShape, layout: GrowLayout, memory: SharedMemory): GrowArrays {
  const at = layout.at as Readonly<Record<string, number>>;
  return Object.fromEntries(
    Object.entries(places(shape).list).map(([name, [kind, length]]) => [
      name,
      new (kind as Float64ArrayConstructor)(memory.buffer, at[name]!, length),
    ]),
  ) as unknown as GrowArrays;
}
