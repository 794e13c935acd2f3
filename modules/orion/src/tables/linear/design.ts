import type { ModelColumn } from '../types.ts';

/** How the columns become terms of a sum: first the numbers, then whether one is missing, then whether a category has a level. */
export interface Design {
  /** Place of the column of each number. */
  readonly numbers: Int32Array;
  /** Place of the column of each term that is 1 where the column's value is missing. */
  readonly gaps: Int32Array;
  /** Place of the column, and the level, of each term that is 1 where the column has the level. */
  readonly levelColumns: Int32Array;
  readonly levels: Float32Array;
  /** What is taken from each term, and what it is divided by then; of 32 bits, as the ONNX file has them. */
  readonly centre: Float32Array;
  readonly scale: Float32Array;
}

export const termsOf = (design: Design): number => design.centre.length;

/** The column that each term came from. */
export const columnsOfTerms = ({ numbers, gaps, levelColumns }: Design): Int32Array =>
  Int32Array.of(...numbers, ...gaps, ...levelColumns);

/**
 * Numbers that vary become terms of mean 0 and deviation 1, with a term for gaps where there are any; of each category the `most`
 * frequent levels become terms.
 */
export function designOf(columns: readonly ModelColumn[], values: readonly Float32Array[], most: number): Design {
  const [numbers, gaps, levelColumns, levels]: [number[], number[], number[], number[]] = [[], [], [], []];
  const [means, scales, shares, levelShares]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (const [place, column] of columns.entries()) {
    const own = values[place]!;
    const { count, mean, deviation } = moments(own);
    const gapShare = 1 - count / own.length;
    if (column.kind === 'number' && deviation > 0) {
      numbers.push(place);
      means.push(mean);
      scales.push(deviation);
    }
    if (column.kind === 'category') {
      const counts = new Float64Array(column.levels.length);
      for (let row = 0; row < own.length; row++) if (own[row]! >= 0) counts[own[row]!]!++;
      const frequent = [...counts.keys()]
        .filter((level) => counts[level]! > 0 && counts[level]! < own.length)
        .sort((a, b) => counts[b]! - counts[a]! || a - b)
        .slice(0, most);
      for (const level of frequent.sort((a, b) => a - b)) {
        levelColumns.push(place);
        levels.push(level);
        levelShares.push(counts[level]! / own.length);
      }
    }
    if (gapShare > 0 && gapShare < 1) {
      gaps.push(place);
      shares.push(gapShare);
    }
  }
  const ones = new Array<number>(gaps.length + levels.length).fill(1);
  return {
    numbers: Int32Array.from(numbers),
    gaps: Int32Array.from(gaps),
    levelColumns: Int32Array.from(levelColumns),
    levels: Float32Array.from(levels),
    centre: Float32Array.from([...means, ...shares, ...levelShares]),
    scale: Float32Array.from([...scales, ...ones]),
  };
}

function moments(values: Float32Array): { count: number; mean: number; deviation: number } {
  let [count, mean, squares] = [0, 0, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    count += 1;
    const away = value - mean;
    mean += away / count;
    squares += away * (value - mean);
  }
  return { count, mean, deviation: Math.fround(Math.sqrt(squares / Math.max(count, 1))) };
}

/** Writes the terms of so many rows from `first` on into `block`. */
function fillTerms(design: Design, values: readonly Float32Array[], first: number, rows: number, block: Float64Array) {
  const { numbers, gaps, levelColumns, levels, centre, scale } = design;
  const terms = centre.length;
  let term = 0;
  for (const place of numbers) {
    const [own, middle, size] = [values[place]!, centre[term]!, scale[term]!];
    for (let row = 0, at = term; row < rows; row++, at += terms) {
      const value = own[first + row]!;
      block[at] = Number.isNaN(value) ? 0 : (value - middle) / size;
    }
    term += 1;
  }
  for (const place of gaps) {
    const [own, middle] = [values[place]!, centre[term]!];
    for (let row = 0, at = term; row < rows; row++, at += terms)
      block[at] = (Number.isNaN(own[first + row]!) ? 1 : 0) - middle;
    term += 1;
  }
  for (const [index, place] of levelColumns.entries()) {
    const [own, middle, level] = [values[place]!, centre[term]!, levels[index]!];
    for (let row = 0, at = term; row < rows; row++, at += terms)
      block[at] = (own[first + row] === level ? 1 : 0) - middle;
    term += 1;
  }
}

const blockRows = 2048;

/** Calls `each` with the terms of some rows at a time, in order. */
export function eachBlock(
  design: Design,
  values: readonly Float32Array[],
  count: number,
  each: (block: Float64Array, first: number, rows: number) => void,
): void {
  const block = new Float64Array(blockRows * termsOf(design));
  for (let first = 0; first < count; first += blockRows) {
    const rows = Math.min(blockRows, count - first);
    fillTerms(design, values, first, rows, block);
    each(block, first, rows);
  }
}
