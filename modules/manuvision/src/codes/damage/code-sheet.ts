import { emptyPlane, type Plane } from '@millwright/imaging';
import { linearFormats } from '../zxing.ts';
import type { DamageStrength } from './damage.ts';
import type { Random } from './random.ts';
import type { SampleCode } from './sample-codes.ts';

/** Pixels of a module on the sheet: enough for dots and scratches, which the camera then looks at. */
export const sheetScale = 8;

/** The code as it lies flat on its ground, with what happened to it there. Brightness 0 to 1. */
export interface CodeSheet {
  readonly plane: Plane;
  /** Of the code with its quiet zone, in modules. */
  readonly width: number;
  readonly height: number;
  readonly quiet: number;
}

const paper = 0.85;
const ink = 0.12;

export function codeSheet(code: SampleCode, strength: DamageStrength, random: Random): CodeSheet {
  const linear = linearFormats.has(code.format);
  const quiet = linear ? 10 : code.format === 'QRCode' ? 4 : 2;
  const rows = linear ? Math.round(code.modules.width * 0.4) : code.modules.height;
  const width = code.modules.width + quiet * 2;
  const height = rows + quiet * 2;
  const plane = emptyPlane(width * sheetScale, height * sheetScale);
  plane.data.fill(paper);
  const sheet = { plane, width, height, quiet };
  const isDark = (x: number, y: number) => code.modules.dark[(linear ? 0 : y) * code.modules.width + x] === 1;
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < code.modules.width; x++) {
      if (!isDark(x, y)) continue;
      if (strength.dots && !linear) dot(sheet, x + quiet + 0.5, y + quiet + 0.5, strength.dots / 2, random);
      else block(sheet, x + quiet, y + quiet, strength.dots && linear ? strength.dots : 1, random);
    }
  if (strength.metal) brush(plane, strength.metal, random);
  if (strength.finder) breakFinders(sheet, code, strength.finder, random);
  if (strength.dirt) soil(sheet, strength.dirt, random);
  for (let count = 0; count < (strength.scratches ?? 0); count++) scratch(sheet, random);
  return sheet;
}

function block({ plane }: CodeSheet, x: number, y: number, share: number, random: Random): void {
  const inset = share < 1 ? ((1 - share) / 2) * sheetScale : 0;
  const value = share < 1 ? ink + random.between(0, 0.2) : ink;
  const left = Math.round(x * sheetScale + inset);
  const right = Math.round((x + 1) * sheetScale - inset);
  for (let row = y * sheetScale; row < (y + 1) * sheetScale; row++)
    plane.data.fill(value, row * plane.width + left, row * plane.width + right);
}

/** A dot of a needle: dark in the middle, not quite where it should be, and not always as deep. */
function dot(sheet: CodeSheet, x: number, y: number, radius: number, random: Random): void {
  const depth = random.between(0.75, 1);
  const size = radius * random.between(0.9, 1.1);
  disc(sheet, x + random.normal() * 0.05, y + random.normal() * 0.05, size, ink + (paper - ink) * (1 - depth));
}

function disc({ plane }: CodeSheet, x: number, y: number, radius: number, value: number): void {
  const [cx, cy, r] = [x * sheetScale, y * sheetScale, radius * sheetScale];
  for (let row = Math.max(0, Math.floor(cy - r)); row <= Math.min(plane.height - 1, Math.ceil(cy + r)); row++)
    for (let column = Math.max(0, Math.floor(cx - r)); column <= Math.min(plane.width - 1, Math.ceil(cx + r)); column++)
      if ((column + 0.5 - cx) ** 2 + (row + 0.5 - cy) ** 2 <= r * r) plane.data[row * plane.width + column] = value;
}

/** Brushed metal: streaks along the rows and grain. */
function brush({ width, height, data }: Plane, roughness: number, random: Random): void {
  const streaks = Float32Array.from({ length: height }, () => random.normal() * 0.06 * roughness);
  for (let y = 0; y < height; y++) {
    let grain = 0;
    for (let x = 0; x < width; x++) {
      grain = grain * 0.85 + random.normal() * 0.04 * roughness;
      data[y * width + x] = data[y * width + x]! * 0.85 + streaks[y]! + grain;
    }
  }
}

/** Blobs of dirt, dark or light, until they cover their share of the code. */
function soil(sheet: CodeSheet, share: number, random: Random): void {
  const { plane, width, height, quiet } = sheet;
  const covered = new Uint8Array(plane.data.length);
  const area = (width - quiet * 2) * (height - quiet * 2) * sheetScale ** 2;
  let count = 0;
  while (count < share * area) {
    const value = random.pick([0.05, 0.25, 0.45, 0.7]);
    let x = random.between(quiet, width - quiet);
    let y = random.between(quiet, height - quiet);
    const size = random.between(0.5, 1) * Math.min(2.2, width / 12);
    // A blob is a short walk of discs, so that none is round.
    for (let step = 0; step < 5; step++) {
      const r = size * random.between(0.5, 1) * sheetScale;
      for (
        let row = Math.max(0, Math.floor(y * sheetScale - r));
        row < Math.min(plane.height, y * sheetScale + r);
        row++
      )
        for (
          let at = Math.max(0, Math.floor(x * sheetScale - r));
          at < Math.min(plane.width, x * sheetScale + r);
          at++
        ) {
          if ((at - x * sheetScale) ** 2 + (row - y * sheetScale) ** 2 > r * r) continue;
          const index = row * plane.width + at;
          if (!covered[index] && isInside(at / sheetScale, row / sheetScale, sheet)) count++;
          covered[index] = 1;
          plane.data[index] = value;
        }
      x += random.normal() * size * 0.6;
      y += random.normal() * size * 0.6;
    }
  }
}

const isInside = (x: number, y: number, { width, height, quiet }: CodeSheet) =>
  x >= quiet && y >= quiet && x < width - quiet && y < height - quiet;

function scratch(sheet: CodeSheet, random: Random): void {
  const { width, height } = sheet;
  const angle = random.between(0, Math.PI);
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const value = random.pick([0.05, 0.9, 0.95]);
  const size = random.between(0.15, 0.5);
  let [x, y] = [random.between(0.2, 0.8) * width, random.between(0.2, 0.8) * height];
  const length = random.between(0.4, 1.2) * Math.min(width, height);
  x -= (dx * length) / 2;
  y -= (dy * length) / 2;
  for (let way = 0; way < length; way += 0.1)
    disc(sheet, x + dx * way, y + dy * way + Math.sin(way / 4) * 0.3, size, value);
}

/** From 0 to 1: a part of one finder; at 0.6 all of it; at 1 two of them. Others lose as much of what finds them. */
function breakFinders(sheet: CodeSheet, code: SampleCode, amount: number, random: Random): void {
  const { quiet, width, height, plane } = sheet;
  const erase = (left: number, top: number, right: number, bottom: number, value: number) => {
    for (let y = Math.max(0, Math.floor(top * sheetScale)); y < Math.min(plane.height, bottom * sheetScale); y++)
      plane.data.fill(
        value,
        y * plane.width + Math.max(0, Math.floor(left * sheetScale)),
        y * plane.width + Math.min(plane.width, Math.ceil(right * sheetScale)),
      );
  };
  const value = random.pick([ink, paper, 0.5]);
  if (code.format === 'QRCode') {
    const size = code.modules.width;
    const corners = [
      [quiet, quiet],
      [quiet + size - 7, quiet],
      [quiet, quiet + size - 7],
    ] as const;
    const first = random.below(3);
    for (const [index, share] of [amount / 0.6, (amount - 0.6) / 0.4].entries()) {
      if (share <= 0) continue;
      const [left, top] = corners[(first + index) % 3]!;
      const part = 7 * Math.min(share, 1);
      if (random.next() < 0.5) erase(left, top, left + part, top + 7, value);
      else erase(left, top, left + 7, top + part, value);
    }
  } else if (code.format === 'DataMatrix') {
    // A gap in each leg of the solid border, up to most of it.
    for (const leg of [0, 1]) {
      const length = (width - quiet * 2) * amount * 0.8;
      const start = quiet + random.between(0, width - quiet * 2 - length);
      if (leg === 0) erase(quiet - 0.5, start, quiet + 1, start + length, value);
      else erase(start, height - quiet - 1, start + length, height - quiet + 0.5, value);
    }
  } else {
    // The start of the bars, all but a part of their height; and what lies before it.
    const part = (height - quiet * 2) * (0.6 + amount * 0.37);
    const top = quiet + random.between(0, height - quiet * 2 - part);
    erase(quiet - 6, top, quiet + 8, top + part, value);
  }
}
