import { type Alignment, type AlignReference, alignAffine, type Pyramid } from './align-affine.ts';
import { phaseCorrelation } from './phase-correlation.ts';
import type { Plane } from './picture.ts';
import { resizePlane } from './resize.ts';
import { type Transform, warp } from './warp.ts';

export interface PlaceLimits {
  /** Most that the middle is shifted, as a share of the picture's longer side. */
  readonly shift: number;
  /** Most that turn, size and shear change a direction, as a share: 0.1 is about 6 degrees, or a tenth. */
  readonly turn: number;
  /** Turns in degrees that the search begins with, in this order; left out: none. */
  readonly turns?: readonly number[];
  /** Least correlation that is taken. */
  readonly correlation?: number;
}

/** Longer side of the pictures by which the shift is looked for. */
const coarse = 128;

/** The transform that takes the whole of the reference to the whole of the picture. */
export const wholeOnWhole = (
  reference: Pick<Plane, 'width' | 'height'>,
  picture: Pick<Plane, 'width' | 'height'>,
): Transform => [picture.width / reference.width, 0, 0, 0, picture.height / reference.height, 0, 0, 0, 1];

/**
 * Finds where a picture lies on a reference: the shift by phase correlation, from each of the turns, then the motion of the
 * reference by `alignAffine`. Undefined where nothing within the limits correlates; such a transform comes out of an all but empty
 * picture.
 */
export function placePlane(
  reference: AlignReference,
  picture: Pyramid,
  { shift, turn, turns = [0], correlation: least = 0.5 }: PlaceLimits,
): Alignment | undefined {
  const most = shift * Math.max(picture.width, picture.height);
  const still = wholeOnWhole(reference, picture);
  for (const start of startsOf(reference, picture, most, turns, still)) {
    const alignment = alignAffine(reference, picture, { start });
    if (alignment.correlation >= least && plausible(alignment.transform, reference, still, most, turn))
      return alignment;
  }
  return undefined;
}

/** Places to begin at, the likeliest first. */
function startsOf(
  reference: AlignReference,
  picture: Pyramid,
  most: number,
  turns: readonly number[],
  still: Transform,
): readonly Transform[] {
  const long = Math.max(reference.width, reference.height);
  const sides = [reference.width, reference.height].map((side) => Math.max(8, Math.round((side * coarse) / long)));
  const [width, height] = sides as [number, number];
  const [one, other] = [reference, picture].map(({ levels }) => {
    const large = levels.find(({ plane }) => Math.max(plane.width, plane.height) >= coarse) ?? levels.at(-1)!;
    return resizePlane(large.plane, width, height);
  }) as [Plane, Plane];
  const starts = turns.map((turn) => startByPhase(one, other, turn, [reference, picture], most, still));
  const all = [...starts, still].filter((start) => start !== undefined);
  if (turns.length === 1) return all;
  const small = { ...reference, levels: reference.levels.slice(0, 1) };
  const seen = { ...picture, levels: picture.levels.slice(0, 1) };
  return all
    .map((start) => ({ start, ...alignAffine(small, seen, { start }) }))
    .sort((a, b) => b.correlation - a.correlation)
    .map(({ start }) => start);
}

/** Turned around the middle, then shifted; undefined where the shift is too large. */
function startByPhase(
  one: Plane,
  other: Plane,
  turn: number,
  [reference, picture]: readonly [Pyramid, Pyramid],
  most: number,
  still: Transform,
): Transform | undefined {
  const { width, height } = one;
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  /** Where the place that lies at (x, y) from the middle, turned, is to be found: as a change, which is none without a turn. */
  const turned = (dx: number, dy: number): [number, number] => [
    dx + (cos - 1) * (dx - middleX) - sin * (dy - middleY),
    dy + sin * (dx - middleX) + (cos - 1) * (dy - middleY),
  ];
  const [x0, y0] = turned(0, 0);
  const seen = turn === 0 ? other : warp(other, width, height, [cos, -sin, x0, sin, cos, y0, 0, 0, 1]);
  const { dx, dy } = phaseCorrelation(one, seen);
  if (Math.hypot((dx * picture.width) / width, (dy * picture.height) / height) > most) return undefined;
  const [x, y] = turned(dx, dy);
  const [across, down] = [picture.width / width, picture.height / height];
  return [
    ...[still[0] * cos, (-sin * across * height) / reference.height, (x * picture.width) / width],
    ...[(sin * down * width) / reference.width, still[4] * cos, (y * picture.height) / height],
    ...[0, 0, 1],
  ] as unknown as Transform;
}

function plausible(
  [a, b, c, d, e, f]: Transform,
  { width, height }: Pick<Plane, 'width' | 'height'>,
  [across, , , , down]: Transform,
  most: number,
  turn: number,
): boolean {
  const [x, y] = [width / 2, height / 2];
  const moved = Math.hypot(a * x + b * y + c - across * x, d * x + e * y + f - down * y);
  const turned = Math.max(Math.abs(a / across - 1), Math.abs(b / across), Math.abs(d / down), Math.abs(e / down - 1));
  return moved <= most + 1 && turned <= turn;
}
