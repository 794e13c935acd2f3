import { type Layout, open } from './layout.ts';

/** ISO/IEC 18004:2015, annex E: centres of the alignment patterns of the versions 1 to 10. */
const alignments = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];
export const largestVersion = alignments.length;

/** Table 9 of the standard: check code words of a block, then number and data code words of the blocks. */
const blockTable: readonly Readonly<Record<string, readonly number[]>>[] = [
  { L: [7, 1, 19], M: [10, 1, 16], Q: [13, 1, 13], H: [17, 1, 9] },
  { L: [10, 1, 34], M: [16, 1, 28], Q: [22, 1, 22], H: [28, 1, 16] },
  { L: [15, 1, 55], M: [26, 1, 44], Q: [18, 2, 17], H: [22, 2, 13] },
  { L: [20, 1, 80], M: [18, 2, 32], Q: [26, 2, 24], H: [16, 4, 9] },
  { L: [26, 1, 108], M: [24, 2, 43], Q: [18, 2, 15, 2, 16], H: [22, 2, 11, 2, 12] },
  { L: [18, 2, 68], M: [16, 4, 27], Q: [24, 4, 19], H: [28, 4, 15] },
  { L: [20, 2, 78], M: [18, 4, 31], Q: [18, 2, 14, 4, 15], H: [26, 4, 13, 1, 14] },
  { L: [24, 2, 97], M: [22, 2, 38, 2, 39], Q: [22, 4, 18, 2, 19], H: [26, 4, 14, 2, 15] },
  { L: [30, 2, 116], M: [22, 3, 36, 2, 37], Q: [20, 4, 16, 4, 17], H: [24, 4, 12, 4, 13] },
  { L: [18, 2, 68, 2, 69], M: [26, 4, 43, 1, 44], Q: [24, 6, 19, 2, 20], H: [28, 6, 15, 2, 16] },
];

export interface QrBlocks {
  readonly checks: number;
  /** Data code words of each block. */
  readonly data: readonly number[];
}

export function qrBlocks(version: number, level: string): QrBlocks {
  const [checks, ...groups] = blockTable[version - 1]![level]!;
  const data: number[] = [];
  for (let at = 0; at < groups.length; at += 2)
    for (let count = 0; count < groups[at]!; count++) data.push(groups[at + 1]!);
  return { checks: checks!, data };
}

export const qrSize = (version: number) => 17 + 4 * version;

const layouts = new Map<number, Layout>();

/** Finder patterns, separators, timing, alignment patterns and, from version 7, the version itself. */
export function qrLayout(version: number): Layout {
  const ready = layouts.get(version);
  if (ready) return ready;
  const size = qrSize(version);
  const fixed = new Uint8Array(size * size).fill(open);
  const set = (x: number, y: number, dark: boolean | number) => {
    if (x >= 0 && y >= 0 && x < size && y < size) fixed[y * size + x] = dark ? 1 : 0;
  };
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  for (const [cx, cy] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    for (let dy = -4; dy <= 4; dy++)
      for (let dx = -4; dx <= 4; dx++) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        set(cx + dx, cy + dy, ring !== 2 && ring !== 4);
      }
  const centres = alignments[version - 1]!;
  const last = centres.length - 1;
  for (const [row, cy] of centres.entries())
    for (const [column, cx] of centres.entries()) {
      // Three corners hold finder patterns.
      if ((row === 0 && column === 0) || (row === 0 && column === last) || (row === last && column === 0)) continue;
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++) set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }
  set(8, size - 8, true);
  if (version >= 7) {
    const bits = (version << 12) | remainder(version, 12, 0x1f25);
    for (let at = 0; at < 18; at++) {
      const [a, b] = [size - 11 + (at % 3), Math.floor(at / 3)];
      set(a, b, (bits >> at) & 1);
      set(b, a, (bits >> at) & 1);
    }
  }
  const layout: Layout = { format: 'QRCode', size, fixed };
  layouts.set(version, layout);
  return layout;
}

/** Of a BCH code: the value with so many zeros behind it, divided by the generator. */
function remainder(value: number, zeros: number, generator: number): number {
  let rest = value;
  for (let at = 0; at < zeros; at++) rest = (rest << 1) ^ ((rest >> (zeros - 1)) * generator);
  return rest & ((1 << zeros) - 1);
}

/** The 15 bits that say level and mask. */
export function formatBits(level: string, mask: number): number {
  const value = ({ L: 1, M: 0, Q: 3, H: 2 } as Record<string, number>)[level]! * 8 + mask;
  return ((value << 10) | remainder(value, 10, 0x537)) ^ 0x5412;
}

/** Where the 15 format bits stand, from the lowest: [x, y] in two copies. */
export function formatPlaces(size: number): [number, number][][] {
  const one: [number, number][] = [];
  const two: [number, number][] = [];
  for (let at = 0; at < 6; at++) one.push([8, at]);
  one.push([8, 7], [8, 8], [7, 8]);
  for (let at = 9; at < 15; at++) one.push([14 - at, 8]);
  for (let at = 0; at < 8; at++) two.push([size - 1 - at, 8]);
  for (let at = 8; at < 15; at++) two.push([8, size - 15 + at]);
  return [one, two];
}

/** Places of the bits of all code words, in their order: y * size + x. */
export function qrBitPlaces(version: number): Int32Array {
  const { size, fixed } = qrLayout(version);
  const taken = new Uint8Array(size * size);
  for (const copy of formatPlaces(size)) for (const [x, y] of copy) taken[y * size + x] = 1;
  const places: number[] = [];
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++)
      for (let side = 0; side < 2; side++) {
        const x = right - side;
        const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
        const at = y * size + x;
        if (fixed[at] === open && !taken[at]) places.push(at);
      }
  }
  return Int32Array.from(places.slice(0, places.length - (places.length % 8)));
}

export function isMasked(mask: number, x: number, y: number): boolean {
  const product = x * y;
  switch (mask) {
    case 0:
      return (x + y) % 2 === 0;
    case 1:
      return y % 2 === 0;
    case 2:
      return x % 3 === 0;
    case 3:
      return (x + y) % 3 === 0;
    case 4:
      return (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0;
    case 5:
      return (product % 2) + (product % 3) === 0;
    case 6:
      return ((product % 2) + (product % 3)) % 2 === 0;
    default:
      return (((x + y) % 2) + (product % 3)) % 2 === 0;
  }
}
