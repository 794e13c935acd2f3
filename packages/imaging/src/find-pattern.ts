import { type Alignment, alignAffine, alignReference, pyramidOf } from './align-affine.ts';
import { composeTransforms } from './homography.ts';
import type { Plane } from './picture.ts';
import { resizePlane } from './resize.ts';
import { type Transform, warp } from './warp.ts';

/** Longer sides of pattern and picture where every place is tried. */
const coarsePattern = 24;
const coarsePicture = 200;
/** Degrees between the turns that are tried; half of it moves the rim of the coarse pattern by half a pixel. */
const turnStep = 5;
/** Places that are looked at closely. */
const closely = 3;
const finest = 320;

/**
 * Finds a piece of a picture in another one, wherever it lies and turned by up to `turn` degrees, as a whole: normalised
 * cross-correlation (Lewis 1995) of both at a small size, at every place and every five degrees, then place and turn between the
 * pixels by `alignAffine`. The transform takes places of the pattern to places of the picture. Undefined where nothing correlates
 * by `correlation`.
 */
export function findPattern(
  pattern: Plane,
  picture: Plane,
  { turn = 15, correlation: least = 0.6 }: { readonly turn?: number; readonly correlation?: number } = {},
): Alignment | undefined {
  const scale = Math.min(
    coarsePattern / Math.max(pattern.width, pattern.height),
    coarsePicture / Math.max(picture.width, picture.height),
    1,
  );
  const [small, seen] = [shrunk(pattern, scale), shrunk(picture, scale)];
  const steps = Math.ceil(turn / turnStep);
  const likely = Array.from({ length: 2 * steps + 1 }, (_, at) => bestPlace(small, seen, (at - steps) * turnStep))
    .filter((place) => place !== undefined)
    .sort((a, b) => b.correlation - a.correlation)
    .slice(0, closely);
  const detail = Math.min(Math.max(pattern.width, pattern.height), finest);
  const reference = alignReference(pattern, detail, 'rigid');
  let best: Alignment | undefined;
  for (const { x, y, degrees } of likely) {
    // Middle onto middle, in pixels of the pictures.
    const middle = { x: (x + 0.5) / scale - 0.5, y: (y + 0.5) / scale - 0.5 };
    const start = turnedOnto(pattern, middle, degrees);
    const there = pyramidOf(warp(picture, pattern.width, pattern.height, start), detail);
    const { transform, correlation } = alignAffine(reference, there);
    if (correlation >= least && correlation > (best?.correlation ?? -1))
      best = { transform: composeTransforms(start, transform), correlation };
  }
  return best;
}

const shrunk = (plane: Plane, scale: number): Plane => {
  const [width, height] = [plane.width, plane.height].map((side) => Math.max(Math.round(side * scale), 1));
  return width === plane.width && height === plane.height ? plane : resizePlane(plane, width!, height!);
};

/** The pattern's middle at a place, turned clockwise as seen. */
function turnedOnto(pattern: Plane, middle: { x: number; y: number }, degrees: number): Transform {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [x, y] = [(pattern.width - 1) / 2, (pattern.height - 1) / 2];
  return [cos, -sin, middle.x - cos * x + sin * y, sin, cos, middle.y - sin * x - cos * y, 0, 0, 1];
}

interface Place {
  /** Of the pattern's middle. */
  readonly x: number;
  readonly y: number;
  readonly degrees: number;
  readonly correlation: number;
}

/** Where the turned pattern correlates most, of all whole pixels; undefined where one of the two is even, or it does not fit. */
function bestPlace(pattern: Plane, picture: Plane, degrees: number): Place | undefined {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const count = pattern.data.length;
  const [across, down] = [new Int32Array(count), new Int32Array(count)];
  let mean = 0;
  for (let at = 0; at < count; at++) {
    const x = (at % pattern.width) - (pattern.width - 1) / 2;
    const y = Math.floor(at / pattern.width) - (pattern.height - 1) / 2;
    across[at] = Math.round(cos * x - sin * y);
    down[at] = Math.round(sin * x + cos * y);
    mean += pattern.data[at]! / count;
  }
  const values = pattern.data.map((value) => value - mean);
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  if (length < 1e-3) return undefined;
  const offsets = across.map((dx, at) => down[at]! * picture.width + dx);
  const range = (all: Int32Array, side: number) => [-Math.min(...all), side - 1 - Math.max(...all)] as const;
  const [left, right] = range(across, picture.width);
  const [top, bottom] = range(down, picture.height);
  let best: Place | undefined;
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const from = y * picture.width + x;
      let [sum, squares, both] = [0, 0, 0];
      for (let at = 0; at < count; at++) {
        const seen = picture.data[from + offsets[at]!]!;
        sum += seen;
        squares += seen * seen;
        both += seen * values[at]!;
      }
      const deviation = squares - (sum * sum) / count;
      if (deviation < 1e-4) continue;
      const correlation = both / (Math.sqrt(deviation) * length);
      if (correlation > (best?.correlation ?? 0)) best = { x, y, degrees, correlation };
    }
  return best;
}
