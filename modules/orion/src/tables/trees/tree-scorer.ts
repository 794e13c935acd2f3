import type { ModelColumn } from '../types.ts';
import type { Trees } from './trees.ts';
import { rowsAbreast, type ScoreLoop, wasmLoops } from './wasm-loops.ts';
import { sharedMemory } from './wasm-memory.ts';

const blockRows = 64 * rowsAbreast;
const nodeBytes = 16;

/**
 * Trees laid out for prediction. Each row of a block has its columns twice, with gaps as what is above every threshold and as what is
 * below, so that a node sends a gap where it wants by the place that it looks at; then a column for each set of levels, 0 for those
 * in it.
 */
export class TreeScorer {
  readonly #columns: readonly ModelColumn[];
  readonly #sets: readonly { readonly column: number; readonly members: Uint8Array }[];
  readonly #loop: ScoreLoop;
  readonly #block: Float32Array;
  readonly #sums: Float64Array;
  readonly #places: { readonly block: number; readonly sums: number; readonly rowBytes: number };
  readonly #trees: readonly { readonly root: number; readonly depth: number; readonly output: number }[];
  readonly #outputs: number;

  constructor(trees: Trees, columns: readonly ModelColumn[], outputs: number) {
    this.#columns = columns;
    this.#outputs = outputs;
    const width = columns.length;
    const setColumn = new Int32Array(trees.sets.length);
    for (let node = 0; node < trees.column.length; node++)
      if (columns[trees.column[node]!]!.kind === 'category') setColumn[trees.threshold[node]!] = trees.column[node]!;
    this.#sets = trees.sets.map((members, set) => ({ column: setColumn[set]!, members }));
    const rowLength = 2 * width + trees.sets.length;
    const nodes = trees.column.length + trees.value.length;
    const block = nodes * nodeBytes;
    const sums = Math.ceil((block + 4 * rowLength * blockRows) / 8) * 8;
    const memory = sharedMemory(sums + 8 * outputs * blockRows);
    this.#loop = wasmLoops(memory);
    this.#places = { block, sums, rowBytes: 4 * rowLength };
    this.#block = new Float32Array(memory.buffer, block, rowLength * blockRows);
    this.#sums = new Float64Array(memory.buffer, sums, outputs * blockRows);
    const [whole, floats] = [
      new Int32Array(memory.buffer, 0, 4 * nodes),
      new Float32Array(memory.buffer, 0, 4 * nodes),
    ];
    let next = 0;
    this.#trees = Array.from(trees.output, (output, tree) => {
      const root = next;
      const first = trees.nodeStart[tree]!;
      /** Children lie side by side, breadth first. */
      const order = [trees.nodeStart[tree + 1]! === first ? ~0 : 0];
      let [depth, level] = [0, [0]];
      next += 1;
      for (let at = 0; at < order.length; at++) {
        const [own, to] = [order[at]!, 4 * (root + at)];
        depth = Math.max(depth, level[at]!);
        if (own < 0) {
          floats.set([Number.POSITIVE_INFINITY, 0, trees.value[trees.leafStart[tree]! + ~own]!], to + 1);
          whole[to + 2] = nodeBytes * (root + at);
          continue;
        }
        const node = first + own;
        const column = trees.column[node]!;
        const isSet = columns[column]!.kind === 'category';
        const place = isSet ? 2 * width + trees.threshold[node]! : column + (trees.gapLeft[node] === 1 ? width : 0);
        whole[to] = 4 * place;
        floats[to + 1] = isSet ? 0.5 : trees.threshold[node]!;
        whole[to + 2] = nodeBytes * next;
        order.push(trees.left[node]!, trees.right[node]!);
        level.push(level[at]! + 1, level[at]! + 1);
        next += 2;
      }
      return { root: nodeBytes * root, depth: Math.max(1, depth), output };
    });
  }

  /** Adds what the trees say to `sums`, rows by outputs. */
  add(values: readonly Float32Array[], rows: number, sums: Float64Array): void {
    const { block, sums: at, rowBytes } = this.#places;
    const outputs = this.#outputs;
    for (let first = 0; first < rows; first += blockRows) {
      const count = Math.min(blockRows, rows - first);
      this.#fill(values, first, count);
      this.#sums.set(sums.subarray(first * outputs, (first + count) * outputs));
      const padded = Math.ceil(count / rowsAbreast) * rowsAbreast;
      for (const { root, depth, output } of this.#trees)
        this.#loop.addTree(block, rowBytes, padded, root, depth, at + 8 * output, 8 * outputs);
      sums.set(this.#sums.subarray(0, count * outputs), first * outputs);
    }
  }

  #fill(values: readonly Float32Array[], first: number, count: number): void {
    const width = this.#columns.length;
    const length = this.#places.rowBytes / 4;
    const block = this.#block;
    for (let column = 0; column < width; column++) {
      const own = values[column]!;
      for (let row = 0, at = column; row < count; row++, at += length) {
        const value = own[first + row]!;
        const isGap = Number.isNaN(value);
        block[at] = isGap ? Number.POSITIVE_INFINITY : value;
        block[at + width] = isGap ? Number.NEGATIVE_INFINITY : value;
      }
    }
    for (const [set, { column, members }] of this.#sets.entries()) {
      const own = values[column]!;
      for (let row = 0, at = 2 * width + set; row < count; row++, at += length)
        block[at] = members[own[first + row]!] === 1 ? 0 : 1;
    }
  }
}
