import { type GroundFit, groundFit } from '@millwright/matrixvision';
import type { Drawn } from '../../types.ts';

/** A point of the ground while it is filled in: where it is in the picture, and its place in metres as far as it is known. */
export interface GroundPoint {
  readonly picture: Drawn;
  readonly ground: readonly [x: number | null, y: number | null];
}

/** Sides 1 to 2 and 2 to 3 of a rectangle in metres, as far as they are known. */
export type Sides = readonly [first: number | null, second: number | null];

/** What is filled in: points, and the sides where the first four are the corners of a rectangle. */
export interface GroundDraft {
  readonly points: readonly GroundPoint[];
  /** Left out: each point has its own place. */
  readonly sides?: Sides;
}

/** Calibration of a rules file. */
export interface Calibration {
  readonly points: readonly { readonly picture: Drawn; readonly ground: Drawn }[];
}

export const leastGroundPoints = 4;

const isPlaced = (point: GroundPoint): point is Calibration['points'][number] =>
  point.ground[0] !== null && point.ground[1] !== null;

/** The points with their places: corners of a rectangle one after the other around it, and further points as they are. */
export function placedPoints({ points, sides }: GroundDraft): readonly GroundPoint[] {
  if (!sides) return points;
  const [first, second] = sides;
  const corners: GroundPoint['ground'][] = [
    [0, 0],
    [first, 0],
    [first, second],
    [0, second],
  ];
  return points.map((point, index) => ({ ...point, ground: corners[index] ?? point.ground }));
}

/** What is filled in for a calibration that is there: by its sides again where it is a rectangle. */
export function groundDraftOf(calibration: Calibration | undefined): GroundDraft {
  if (!calibration) return { points: [], sides: [null, null] };
  const { points } = calibration;
  const sides: Sides = [points[1]?.ground[0] ?? null, points[2]?.ground[1] ?? null];
  const isRectangle = placedPoints({ points, sides }).every(
    ({ ground }, index) => String(ground) === String(points[index]!.ground),
  );
  return isRectangle ? { points, sides } : { points };
}

/** The calibration where every point has its place and there are enough of them. */
export function calibrationOf(points: readonly GroundPoint[]): Calibration | undefined {
  return points.length >= leastGroundPoints && points.every(isPlaced) ? { points } : undefined;
}

/** How well it fits; undefined where the points fit no plane. */
export const fitOf = ({ points }: Calibration): GroundFit | undefined =>
  groundFit(
    points.map(({ picture, ground }) => ({
      picture: { x: picture[0], y: picture[1] },
      ground: { x: ground[0], y: ground[1] },
    })),
  );

export interface GroundGrid {
  /** Metres between two lines. */
  readonly step: number;
  /** In fractions of the picture. */
  readonly lines: readonly (readonly Drawn[])[];
}

const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
/** Lines across the calibrated ground, about. */
const wanted = 8;
const piecesOfLine = 24;

/** Lines over the calibrated ground and once as far around it, so that it is seen whether they lie on the floor. */
export function gridOf({ points }: Calibration, { toPicture }: GroundFit): GroundGrid {
  const xs = points.map(({ ground }) => ground[0]);
  const ys = points.map(({ ground }) => ground[1]);
  const span = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  const reach = Math.max(span(xs), span(ys));
  const step = steps.find((each) => reach / each <= wanted) ?? steps.at(-1)!;
  const around = (values: readonly number[]) => {
    const [low, high] = [Math.min(...values) - reach / 2, Math.max(...values) + reach / 2];
    return { from: Math.floor(low / step) * step, to: Math.ceil(high / step) * step };
  };
  const [x, y] = [around(xs), around(ys)];
  const seen = (from: Drawn, to: Drawn): Drawn[][] => {
    // What lies behind the camera or far beside the picture ends a line; it may go on after that.
    const pieces: Drawn[][] = [[]];
    for (let part = 0; part <= piecesOfLine; part += 1) {
      const share = part / piecesOfLine;
      const at = toPicture({ x: from[0] + (to[0] - from[0]) * share, y: from[1] + (to[1] - from[1]) * share });
      if (at && Math.abs(at.x - 0.5) < 2 && Math.abs(at.y - 0.5) < 2) pieces.at(-1)!.push([at.x, at.y]);
      else if (pieces.at(-1)!.length > 0) pieces.push([]);
    }
    // What is straight on the ground is straight in the picture.
    return pieces.flatMap((piece) => (piece.length > 1 ? [[piece[0]!, piece.at(-1)!]] : []));
  };
  const count = ({ from, to }: { from: number; to: number }) => Math.round((to - from) / step) + 1;
  return {
    step,
    lines: [
      ...Array.from({ length: count(x) }, (_, n) => seen([x.from + n * step, y.from], [x.from + n * step, y.to])),
      ...Array.from({ length: count(y) }, (_, n) => seen([x.from, y.from + n * step], [x.to, y.from + n * step])),
    ].flat(),
  };
}
