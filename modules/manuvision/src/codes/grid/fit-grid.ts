import type { Plane } from '@millwright/imaging';
import { type GridPlace, mapPlaces } from './grid-map.ts';
import type { Template } from './template.ts';

export interface GridFit {
  readonly place: GridPlace;
  readonly bentAlong: 'x' | 'y';
  /** Correlation of what is expected with what is seen, -1 to 1. */
  readonly score: number;
}

/** Places of the template that is looked at; as many as any has. */
const scratch = new Float64Array(20_000);

/** Correlation of a template at a place; NaN where it cannot lie. */
export function scoreAt(plane: Plane, template: Template, place: GridPlace, bentAlong: 'x' | 'y'): number {
  const { us, vs, expected } = template;
  const places = scratch.length >= us.length * 2 ? scratch : new Float64Array(us.length * 2);
  if (!mapPlaces(place, bentAlong, us, vs, places)) return Number.NaN;
  const { width, height, data } = plane;
  let [se, ss, see, sss, ses] = [0, 0, 0, 0, 0];
  for (let at = 0; at < us.length; at++) {
    // As sampleAt does; written out, for this is where the time goes.
    const x = Math.min(Math.max(places[at * 2]!, 0), width - 1.001);
    const y = Math.min(Math.max(places[at * 2 + 1]!, 0), height - 1.001);
    const left = x | 0;
    const top = y | 0;
    const fx = x - left;
    const from = top * width + left;
    const above = data[from]! + (data[from + 1]! - data[from]!) * fx;
    const below = data[from + width]! + (data[from + width + 1]! - data[from + width]!) * fx;
    const seen = above + (below - above) * (y - top);
    const value = expected[at]!;
    se += value;
    ss += seen;
    see += value * value;
    sss += seen * seen;
    ses += value * seen;
  }
  const count = us.length;
  const spread = (see - (se * se) / count) * (sss - (ss * ss) / count);
  return spread > 1e-12 ? (ses - (se * ss) / count) / Math.sqrt(spread) : Number.NaN;
}

export interface FitOptions {
  /** Steps in pixels that the corners are moved by, the widest first. */
  readonly steps: readonly number[];
  /** Also how it is bent, from what the place says. */
  readonly bend: boolean;
}

/** Moves the corners, and the bend, one after the other and as a whole as long as the template agrees better (pattern search, Hooke and Jeeves 1961). */
export function fitGrid(plane: Plane, template: Template, start: GridFit, { steps, bend }: FitOptions): GridFit {
  const { bentAlong } = start;
  let place = [...start.place];
  let score = scoreAt(plane, template, place, bentAlong);
  if (Number.isNaN(score)) return start;
  const moves = movesOf(bend);
  for (const step of steps)
    for (let round = 0; round < 4; round++) {
      let moved = false;
      for (const move of moves)
        for (const sign of [1, -1]) {
          const trial = place.map((value, at) => value + (move[at] ?? 0) * step * sign);
          if (trial[8]! < 0 || trial[8]! > 1.45) continue;
          const value = scoreAt(plane, template, trial, bentAlong);
          if (!(value > score + 1e-5)) continue;
          place = trial;
          score = value;
          moved = true;
          break;
        }
      if (!moved) break;
    }
  return { place, bentAlong, score };
}

/** Shift, size and turn of the whole first, then corner by corner, then the bend; a step of 1 is a pixel at a corner. */
function movesOf(bend: boolean): number[][] {
  const moves: number[][] = [
    [1, 0, 1, 0, 1, 0, 1, 0],
    [0, 1, 0, 1, 0, 1, 0, 1],
    [-1, 0, 1, 0, 1, 0, -1, 0],
    [0, -1, 0, -1, 0, 1, 0, 1],
    [1, -1, 1, 1, -1, 1, -1, -1],
    [1, 0, 1, 0, -1, 0, -1, 0],
    [0, -1, 0, 1, 0, 1, 0, -1],
  ];
  for (let at = 0; at < 8; at++) moves.push(Array.from({ length: 8 }, (_, index) => (index === at ? 1 : 0)));
  if (bend) {
    const only = (at: number, size: number) => Array.from({ length: 12 }, (_, index) => (index === at ? size : 0));
    // A pixel is about 1/100 of half of the code's side.
    moves.push(only(8, 0.03), only(9, 2), only(10, 2), only(11, 0.01));
  }
  return moves;
}
