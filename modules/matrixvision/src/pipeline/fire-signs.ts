import type { Size } from '../geometry/box.ts';
import type { Box } from '../observation.ts';
import type { StillRegion } from './still-regions.ts';

/** A small picture in colour: rgb24, rows packed. */
export interface ColourPicture extends Size {
  readonly data: Uint8Array;
}

/** Picture is looked at in cells of so many pixels a side. */
const cell = 8;
/** Looks that a cell must bear the sign in, of the last `memory`. */
const memory = 8;
const leastLooks = 5;
const leastCells = 2;
const learnShare = 0.02;
/** Grey levels from look to look: smoke drifts, and noise is less than this in the mean of a cell. */
const leastDrift = 1;

interface Cell {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly light: number;
  /** Strength of edges within it. */
  readonly edges: number;
}

/**
 * Marks parts of the picture that look like flame or smoke: experimental, and no fire alarm. Flame: bright, red over green
 * over blue (Chen 2004), and flickering from look to look. Smoke: grey, blurring the edges that the scene has there
 * (Toreyin 2005), slowly coming, and drifting. A lamp does not flicker, a grey car does not keep the scene's edges half visible.
 */
export class FireSigns {
  #scene: Cell[] | undefined;
  #before: Cell[] = [];
  #signs: { flame: number[]; smoke: number[]; since: number }[] = [];

  /**
   * @param followed boxes of the source picture that something known covers now: grey clothes before a brick wall look like
   * smoke, and what is behind them cannot be seen
   * @param size of the source picture, which the regions are in
   */
  look(picture: ColourPicture, time: number, followed: readonly Box[], size: Size): StillRegion[] {
    const columns = Math.floor(picture.width / cell);
    const rows = Math.floor(picture.height / cell);
    const cells = cellsOf(picture, columns, rows);
    if (this.#scene?.length !== cells.length) {
      this.#scene = cells;
      this.#before = cells;
      this.#signs = cells.map(() => ({ flame: [], smoke: [], since: time }));
      return [];
    }
    const covered = coveredCells(followed, picture, size, columns, rows);
    cells.forEach((now, at) => {
      const scene = this.#scene![at]!;
      const sign = this.#signs[at]!;
      if (covered.has(at)) {
        push(sign.flame, false);
        push(sign.smoke, false);
        return;
      }
      const flame = isFlame(now) && Math.abs(now.light - this.#before[at]!.light) > 6;
      // What stays as it is came to stand there, or has been there from the start and gone: it becomes the scene.
      const smoke = isVeiled(now, scene) && Math.abs(now.light - this.#before[at]!.light) > leastDrift;
      if (sign.flame.length === 0 && sign.smoke.length === 0) sign.since = time;
      push(sign.flame, flame);
      push(sign.smoke, smoke);
      if (!flame && !smoke) this.#scene![at] = mixed(scene, now);
    });
    this.#before = cells;
    const bears = (kind: 'flame' | 'smoke') => (at: number) => sum(this.#signs[at]![kind]) >= leastLooks;
    return [
      ...this.#regions(bears('flame'), 'flame-like', columns, picture, size),
      ...this.#regions(bears('smoke'), 'smoke-like', columns, picture, size),
    ];
  }

  /** Touching cells together as one region. */
  #regions(
    bears: (at: number) => boolean,
    kind: 'flame-like' | 'smoke-like',
    columns: number,
    picture: Size,
    size: Size,
  ): StillRegion[] {
    const seen = new Set<number>();
    const regions: StillRegion[] = [];
    for (let start = 0; start < this.#signs.length; start++) {
      if (seen.has(start) || !bears(start)) continue;
      const group = [start];
      seen.add(start);
      for (let index = 0; index < group.length; index++) {
        const at = group[index]!;
        const x = at % columns;
        for (const next of [x > 0 ? at - 1 : -1, x < columns - 1 ? at + 1 : -1, at - columns, at + columns])
          if (next >= 0 && next < this.#signs.length && !seen.has(next) && bears(next)) {
            seen.add(next);
            group.push(next);
          }
      }
      if (group.length >= leastCells) regions.push(this.#toRegion(group, kind, columns, picture, size));
    }
    return regions;
  }

  #toRegion(
    group: number[],
    kind: 'flame-like' | 'smoke-like',
    columns: number,
    picture: Size,
    size: Size,
  ): StillRegion {
    const xs = group.map((at) => at % columns);
    const ys = group.map((at) => Math.floor(at / columns));
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    const scale = (cell * size.width) / picture.width;
    const signs = group.map((at) => sum(this.#signs[at]![kind === 'flame-like' ? 'flame' : 'smoke']) / memory);
    return {
      kind,
      box: {
        ...{ x: left * scale, y: top * scale },
        ...{ width: (Math.max(...xs) - left + 1) * scale, height: (Math.max(...ys) - top + 1) * scale },
      },
      score: signs.reduce((total, one) => total + one, 0) / signs.length,
      since: Math.min(...group.map((at) => this.#signs[at]!.since)),
    };
  }
}

/** Cells that a box touches, and those around it: a box seldom holds all of a thing. */
function coveredCells(boxes: readonly Box[], picture: Size, size: Size, columns: number, rows: number): Set<number> {
  const covered = new Set<number>();
  const [across, down] = [picture.width / size.width / cell, picture.height / size.height / cell];
  for (const { x, y, width, height } of boxes) {
    const [left, right] = [
      Math.max(0, Math.floor(x * across) - 1),
      Math.min(columns - 1, Math.floor((x + width) * across) + 1),
    ];
    const [top, bottom] = [
      Math.max(0, Math.floor(y * down) - 1),
      Math.min(rows - 1, Math.floor((y + height) * down) + 1),
    ];
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++) covered.add(row * columns + column);
  }
  return covered;
}

const sum = (looks: readonly number[]): number => looks.reduce((total, one) => total + one, 0);

function push(looks: number[], bears: boolean): void {
  looks.push(bears ? 1 : 0);
  if (looks.length > memory) looks.shift();
  if (looks.length === memory && sum(looks) === 0) looks.length = 0;
}

const isFlame = ({ red, green, blue }: Cell): boolean => red > 180 && red > green + 25 && green > blue + 15;

/** Grey, and the edges of the scene are still there but weaker. */
function isVeiled({ red, green, blue, light, edges }: Cell, scene: Cell): boolean {
  const isGrey = Math.max(red, green, blue) - Math.min(red, green, blue) < 22 && light > 70 && light < 235;
  const fades = scene.edges > 6 && edges < 0.6 * scene.edges && edges > 0.08 * scene.edges;
  return isGrey && fades && Math.abs(light - scene.light) > 8;
}

const mixed = (scene: Cell, now: Cell): Cell => {
  const mix = (key: keyof Cell) => scene[key] + learnShare * (now[key] - scene[key]);
  return { red: mix('red'), green: mix('green'), blue: mix('blue'), light: mix('light'), edges: mix('edges') };
};

function cellsOf({ width, data }: ColourPicture, columns: number, rows: number): Cell[] {
  const cells: Cell[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let [red, green, blue, edges] = [0, 0, 0, 0];
      for (let y = row * cell; y < (row + 1) * cell; y++)
        for (let x = column * cell; x < (column + 1) * cell; x++) {
          const at = (y * width + x) * 3;
          red += data[at]!;
          green += data[at + 1]!;
          blue += data[at + 2]!;
          if (x + 1 < (column + 1) * cell) edges += Math.abs(data[at + 4]! - data[at + 1]!);
          if (y + 1 < (row + 1) * cell) edges += Math.abs(data[at + width * 3 + 1]! - data[at + 1]!);
        }
      const pixels = cell * cell;
      cells.push({
        ...{ red: red / pixels, green: green / pixels, blue: blue / pixels },
        ...{ light: (red + green + blue) / (3 * pixels), edges: edges / pixels },
      });
    }
  return cells;
}
