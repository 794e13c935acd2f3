/**
 * Many trees in flat arrays. Node `n` of a tree goes left where the column's value is at most the threshold, or its level is in the
 * set; a child that is negative is leaf `~child`. Places of a tree begin at its `nodeStart` and `leafStart`.
 */
export interface Trees {
  /** One more than there are trees. */
  readonly nodeStart: Int32Array;
  readonly leafStart: Int32Array;
  /** Which sum each tree adds to. */
  readonly output: Int32Array;
  readonly column: Int32Array;
  /** Of 32 bits; of a set, its place in `sets`. */
  readonly threshold: Float32Array;
  /** 1: what is missing goes left. */
  readonly gapLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Rows that came by, when it was learnt. */
  readonly nodeRows: Int32Array;
  readonly leafRows: Int32Array;
  /** Of 32 bits, as the ONNX file has them. */
  readonly value: Float32Array;
  /** Of each set a byte for each level of its column: 1 goes left. */
  readonly sets: readonly Uint8Array[];
}

export interface GrownTree {
  readonly output: number;
  readonly column: readonly number[];
  readonly threshold: readonly number[];
  readonly set: readonly (Uint8Array | undefined)[];
  readonly gapLeft: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly nodeRows: readonly number[];
  readonly leafRows: readonly number[];
  readonly value: readonly number[];
}

export function joinTrees(trees: readonly GrownTree[]): Trees {
  const starts = (count: (tree: GrownTree) => number): Int32Array => {
    const result = new Int32Array(trees.length + 1);
    for (const [at, tree] of trees.entries()) result[at + 1] = result[at]! + count(tree);
    return result;
  };
  const all = (of: (tree: GrownTree) => readonly number[]): number[] => trees.flatMap(of);
  const sets: Uint8Array[] = [];
  const known = new Map<string, number>();
  /** Equal sets of one column are kept once. */
  const placeOf = (column: number, set: Uint8Array): number => {
    const key = `${column}:${Buffer.from(set).toString('latin1')}`;
    const place = known.get(key) ?? sets.push(set) - 1;
    known.set(key, place);
    return place;
  };
  return {
    nodeStart: starts((tree) => tree.column.length),
    leafStart: starts((tree) => tree.value.length),
    output: Int32Array.from(trees, (tree) => tree.output),
    column: Int32Array.from(all((tree) => tree.column)),
    threshold: Float32Array.from(
      all((tree) => tree.set.map((set, node) => (set ? placeOf(tree.column[node]!, set) : tree.threshold[node]!))),
    ),
    gapLeft: Uint8Array.from(all((tree) => tree.gapLeft)),
    left: Int32Array.from(all((tree) => tree.left)),
    right: Int32Array.from(all((tree) => tree.right)),
    nodeRows: Int32Array.from(all((tree) => tree.nodeRows)),
    leafRows: Int32Array.from(all((tree) => tree.leafRows)),
    value: Float32Array.from(all((tree) => tree.value)),
    sets,
  };
}
