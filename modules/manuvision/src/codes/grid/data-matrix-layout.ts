import { type Layout, open } from './layout.ts';

/** ISO/IEC 16022:2006, table 7, square symbols of one block: regions of a side, data and check code words. */
const sizes: Readonly<Record<number, readonly [regions: number, data: number, checks: number]>> = {
  10: [1, 3, 5],
  12: [1, 5, 7],
  14: [1, 8, 10],
  16: [1, 12, 12],
  18: [1, 18, 14],
  20: [1, 22, 18],
  22: [1, 30, 20],
  24: [1, 36, 24],
  26: [1, 44, 28],
  32: [2, 62, 36],
  36: [2, 86, 42],
  40: [2, 114, 48],
  44: [2, 144, 56],
  48: [2, 174, 68],
};
export const dataMatrixSizes: readonly number[] = Object.keys(sizes).map(Number);

export const dataMatrixChecks = (size: number): number => sizes[size]![2];

const layouts = new Map<number, Layout>();

/** Each region has a solid border on its left and bottom, and alternating modules on its top and right. */
export function dataMatrixLayout(size: number): Layout {
  const ready = layouts.get(size);
  if (ready) return ready;
  const [regions] = sizes[size]!;
  const region = size / regions;
  const fixed = new Uint8Array(size * size).fill(open);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const [rx, ry] = [x % region, y % region];
      if (rx === 0 || ry === region - 1) fixed[y * size + x] = 1;
      else if (ry === 0) fixed[y * size + x] = rx % 2 === 0 ? 1 : 0;
      else if (rx === region - 1) fixed[y * size + x] = ry % 2 === 1 ? 1 : 0;
    }
  const layout: Layout = { format: 'DataMatrix', size, fixed };
  layouts.set(size, layout);
  return layout;
}

/** Places of the bits of all code words, highest bit first, in their order: y * size + x of the symbol. */
export function dataMatrixBitPlaces(size: number): Int32Array {
  const [regions, data, checks] = sizes[size]!;
  const region = size / regions;
  const inner = region - 2;
  const side = inner * regions;
  const placed = placement(side);
  const places = new Int32Array((data + checks) * 8);
  for (let at = 0; at < placed.length; at++) {
    const which = placed[at]!;
    if (which < 8) continue;
    const [x, y] = [at % side, Math.floor(at / side)];
    const sx = Math.floor(x / inner) * region + 1 + (x % inner);
    const sy = Math.floor(y / inner) * region + 1 + (y % inner);
    places[which - 8] = sy * size + sx;
  }
  return places;
}

/** Annex F of the standard: for each module of the mapping matrix 8 x code word (from 1) + bit, or 0 where nothing stands. */
function placement(side: number): Int32Array {
  const grid = new Int32Array(side * side);
  const set = (row: number, column: number, word: number, bit: number) => {
    let [y, x] = [row, column];
    if (y < 0) {
      y += side;
      x += 4 - ((side + 4) % 8);
    }
    if (x < 0) {
      x += side;
      y += 4 - ((side + 4) % 8);
    }
    grid[y * side + x] = word * 8 + bit;
  };
  const utah = (row: number, column: number, word: number) => {
    const shape = [
      [-2, -2],
      [-2, -1],
      [-1, -2],
      [-1, -1],
      [-1, 0],
      [0, -2],
      [0, -1],
      [0, 0],
    ];
    for (const [bit, [dy, dx]] of shape.entries()) set(row + dy!, column + dx!, word, bit);
  };
  const last = side - 1;
  /** The four special corners, as row and column from the end where negative. */
  const corners = [
    [
      [-1, 0],
      [-1, 1],
      [-1, 2],
      [0, -2],
      [0, -1],
      [1, -1],
      [2, -1],
      [3, -1],
    ],
    [
      [-3, 0],
      [-2, 0],
      [-1, 0],
      [0, -4],
      [0, -3],
      [0, -2],
      [0, -1],
      [1, -1],
    ],
    [
      [-3, 0],
      [-2, 0],
      [-1, 0],
      [0, -2],
      [0, -1],
      [1, -1],
      [2, -1],
      [3, -1],
    ],
    [
      [-1, 0],
      [-1, -1],
      [0, -3],
      [0, -2],
      [0, -1],
      [1, -3],
      [1, -2],
      [1, -1],
    ],
  ];
  const corner = (which: number, word: number) => {
    for (const [bit, [row, column]] of corners[which]!.entries())
      set(row! < 0 ? row! + side : row!, column! < 0 ? column! + side : column!, word, bit);
  };
  let [word, row, column] = [1, 4, 0];
  const free = (y: number, x: number) => grid[y * side + x] === 0;
  do {
    if (row === side && column === 0) corner(0, word++);
    if (row === side - 2 && column === 0 && side % 4 !== 0) corner(1, word++);
    if (row === side - 2 && column === 0 && side % 8 === 4) corner(2, word++);
    if (row === side + 4 && column === 2 && side % 8 === 0) corner(3, word++);
    do {
      if (row < side && column >= 0 && free(row, column)) utah(row, column, word++);
      row -= 2;
      column += 2;
    } while (row >= 0 && column < side);
    row += 1;
    column += 3;
    do {
      if (row >= 0 && column < side && free(row, column)) utah(row, column, word++);
      row += 2;
      column -= 2;
    } while (row < side && column >= 0);
    row += 3;
    column += 1;
  } while (row < side || column < side);
  // What is left over in the corner is a small chessboard, and no code word's.
  if (free(last, last)) {
    grid[last * side + last] = 1;
    grid[(last - 1) * side + last - 1] = 1;
  }
  return grid;
}
