/** Pictures are compared as grids of this many cells a side. */
export const comparedSide = 16;
/** Correlation of what sets two pictures apart from the mean of all, from which on they show the same. */
const same = 0.9;

export interface Compared {
  readonly name: string;
  readonly pixels: string;
  /** Brightness of comparedSide x comparedSide cells. */
  readonly cells: Float32Array;
}

/**
 * Groups of pictures that show the same: equal pixels, or the same part shot again (another exposure, another compression, a small
 * shift of light). Good parts in a fixture all look alike, so pictures are compared by what sets them apart: each grid is
 * brought to mean 0 and deviation 1, the mean grid of all is taken off, and the remainders are correlated. Where that would
 * put most of the set into one group, the remainders say nothing of parts, and only equal pixels count.
 */
export function alikeGroups(pictures: readonly Compared[]): string[][] {
  const joined = new Joined(pictures.length);
  const byPixels = new Map<string, number>();
  for (const [at, { pixels }] of pictures.entries()) {
    const first = byPixels.get(pixels);
    if (first === undefined) byPixels.set(pixels, at);
    else joined.join(first, at);
  }
  const exact = joined.copy();
  const kept = [...byPixels.values()];
  const remainders = remaindersOf(kept.map((at) => pictures[at]!.cells));
  for (let one = 0; one < kept.length; one++)
    for (let other = one + 1; other < kept.length; other++)
      if (
        mayCorrelate(remainders[one]!, remainders[other]!) &&
        dot(remainders[one]!.values, remainders[other]!.values) >= same
      )
        joined.join(kept[one]!, kept[other]!);
  const groups = joined.groups();
  const tooFew = groups.some((group) => group.length > Math.max(4, pictures.length / 3));
  return (tooFew ? exact.groups() : groups)
    .filter((group) => group.length > 1)
    .map((group) => group.map((at) => pictures[at]!.name));
}

/** Pictures that are alike get one group, and so do all that share a group with one of them. */
export function joinAlike<T extends { readonly name: string; readonly group: string }>(
  pictures: readonly T[],
  alike: readonly (readonly string[])[],
): T[] {
  const groupOf = new Map(pictures.map(({ name, group }) => [name, group]));
  const renamed = new Map<string, string>();
  const last = (group: string): string => {
    let at = group;
    while (renamed.has(at)) at = renamed.get(at)!;
    return at;
  };
  for (const [first, ...others] of alike)
    for (const other of others) {
      const [to, from] = [last(groupOf.get(first!)!), last(groupOf.get(other)!)];
      if (to !== from) renamed.set(from, to);
    }
  return pictures.map((picture) => ({ ...picture, group: last(picture.group) }));
}

interface Remainder {
  /** Of length 1, or all 0. */
  readonly values: Float32Array;
  /** Their signs: a perceptual hash. */
  readonly signs: Uint32Array;
}

function remaindersOf(grids: readonly Float32Array[]): Remainder[] {
  const cells = comparedSide * comparedSide;
  const even = grids.map((grid) => normalised(grid, meanOf(grid)));
  const mean = new Float64Array(cells);
  for (const grid of even) for (let at = 0; at < cells; at++) mean[at]! += grid[at]! / even.length;
  return even.map((grid) => {
    // Of two pictures the mean lies halfway, and the remainders are each other's opposite.
    const values = normalised(even.length < 3 ? grid : grid.map((value, at) => value - mean[at]!), 0);
    const signs = new Uint32Array(cells / 32);
    for (let at = 0; at < cells; at++) if (values[at]! > 0) signs[at >> 5]! |= 1 << (at & 31);
    return { values, signs };
  });
}

const meanOf = (grid: Float32Array): number => grid.reduce((sum, value) => sum + value, 0) / grid.length;

function normalised(grid: Float32Array, mean: number): Float32Array {
  let squares = 0;
  for (const value of grid) squares += (value - mean) ** 2;
  const length = Math.sqrt(squares);
  // An even picture: what is left is rounding.
  return length < 1e-4 ? new Float32Array(grid.length) : grid.map((value) => (value - mean) / length);
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!;
  return sum;
}

/** At a correlation of 0.9 about one sign in seven differs; more than one in three never does. */
function mayCorrelate({ signs: one }: Remainder, { signs: other }: Remainder): boolean {
  let different = 0;
  for (let at = 0; at < one.length; at++) different += bits(one[at]! ^ other[at]!);
  return different <= (comparedSide * comparedSide) / 3;
}

function bits(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Which of n things belong together (union-find). */
class Joined {
  readonly #above: number[];

  constructor(n: number, above?: readonly number[]) {
    this.#above = above ? [...above] : Array.from({ length: n }, (_, at) => at);
  }

  copy = (): Joined => new Joined(0, this.#above);

  join(one: number, other: number): void {
    const [a, b] = [this.#root(one), this.#root(other)];
    this.#above[Math.max(a, b)] = Math.min(a, b);
  }

  groups(): number[][] {
    const groups = new Map<number, number[]>();
    for (let at = 0; at < this.#above.length; at++) {
      const root = this.#root(at);
      groups.set(root, [...(groups.get(root) ?? []), at]);
    }
    return [...groups.values()];
  }

  #root(at: number): number {
    let root = at;
    while (this.#above[root] !== root) root = this.#above[root]!;
    this.#above[at] = root;
    return root;
  }
}
