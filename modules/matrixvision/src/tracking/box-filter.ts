import type { Box } from '../observation.ts';

/** One coordinate: position, velocity and the covariance of the two. */
interface Axis {
  readonly position: number;
  readonly velocity: number;
  readonly pp: number;
  readonly pv: number;
  readonly vv: number;
}

/**
 * Where a box is and how it moves: a Kalman filter (Kalman 1960) of constant velocity for centre, width and height. As
 * each coordinate is measured by itself, the eight-dimensional filter of SORT (Bewley 2016) and DeepSORT (Wojke 2017)
 * falls apart into four of two dimensions, which is the same result for a fraction of the work.
 *
 * All noise is in sizes of the thing (DeepSORT), so that near and far things are followed alike, and in seconds, so
 * that the gap between two pictures may be any: velocity is a Wiener process (continuous white noise acceleration,
 * Bar-Shalom 2001, 6.2.2), whose covariance over a gap is known in closed form.
 */
export interface BoxFilter {
  readonly time: number;
  readonly axes: readonly [x: Axis, y: Axis, width: Axis, height: Axis];
}

export interface BoxNoise {
  /** Standard deviation of a detected centre, in sizes of the thing. */
  readonly measured: number;
  /** Of a detected width or height: arms, legs and what hides them move the edges more than the centre. */
  readonly measuredSize: number;
  /** How much the velocity of the centre wanders, in sizes per second after one second. */
  readonly motion: number;
  /** The same of width and height. */
  readonly growth: number;
  /** Standard deviation of the velocity of a thing never seen before, in sizes per second. */
  readonly firstVelocity: number;
}

export const boxNoise: BoxNoise = { measured: 0.05, measuredSize: 0.07, motion: 0.5, growth: 0.25, firstVelocity: 1.5 };

/** What counts as the size of a thing in pixels: about the height of a person upright, about the length of a car. */
export const sizeOf = ({ width, height }: Pick<Box, 'width' | 'height'>): number => 1.5 * Math.sqrt(width * height);

const centre = ({ x, y, width, height }: Box): [number, number, number, number] => [
  x + width / 2,
  y + height / 2,
  width,
  height,
];

export function startFilter(box: Box, time: number, noise: BoxNoise): BoxFilter {
  const size = sizeOf(box);
  const axis = (position: number, deviation: number, velocity: number): Axis => ({
    ...{ position, velocity: 0, pv: 0 },
    pp: (deviation * size) ** 2,
    vv: (velocity * size) ** 2,
  });
  const [x, y, width, height] = centre(box);
  const { measured, measuredSize, firstVelocity, growth } = noise;
  return {
    time,
    axes: [
      axis(x, measured, firstVelocity),
      axis(y, measured, firstVelocity / 2),
      axis(width, measuredSize, growth),
      axis(height, measuredSize, growth),
    ],
  };
}

export function boxOf({ axes: [x, y, w, h] }: BoxFilter): Box {
  const [width, height] = [Math.max(1, w.position), Math.max(1, h.position)];
  return { x: x.position - width / 2, y: y.position - height / 2, width, height };
}

/** Times in milliseconds; a time before the filter's own leaves it as it is. */
export function predict(filter: BoxFilter, time: number, noise: BoxNoise): BoxFilter {
  const seconds = (time - filter.time) / 1000;
  if (seconds <= 0) return filter;
  const size = sizeOf(boxOf(filter));
  const [x, y, width, height] = filter.axes;
  const motion = (noise.motion * size) ** 2;
  const growth = (noise.growth * size) ** 2;
  return {
    time,
    axes: [
      ahead(x, seconds, motion),
      ahead(y, seconds, motion / 4),
      ahead(width, seconds, growth),
      ahead(height, seconds, growth),
    ],
  };
}

function ahead({ position, velocity, pp, pv, vv }: Axis, seconds: number, noise: number): Axis {
  return {
    position: position + velocity * seconds,
    velocity,
    pp: pp + 2 * seconds * pv + seconds ** 2 * vv + (noise * seconds ** 3) / 3,
    pv: pv + seconds * vv + (noise * seconds ** 2) / 2,
    vv: vv + noise * seconds,
  };
}

/** The filter after a measurement at its own time; `trust` below 1 widens the measurement's noise. */
export function correct(filter: BoxFilter, box: Box, noise: BoxNoise, trust = 1): BoxFilter {
  const size = sizeOf(box);
  const place = (noise.measured * size) ** 2 / trust;
  const extent = (noise.measuredSize * size) ** 2 / trust;
  const seen = centre(box);
  const [x, y, width, height] = filter.axes.map((axis, index) =>
    corrected(axis, seen[index]!, index < 2 ? place : extent),
  );
  return { time: filter.time, axes: [x!, y!, width!, height!] };
}

function corrected({ position, velocity, pp, pv, vv }: Axis, seen: number, variance: number): Axis {
  const total = pp + variance;
  const [gain, velocityGain] = [pp / total, pv / total];
  const off = seen - position;
  return {
    position: position + gain * off,
    velocity: velocity + velocityGain * off,
    pp: (1 - gain) * pp,
    pv: (1 - gain) * pv,
    vv: vv - velocityGain * pv,
  };
}

/** Standard deviation of the centre in sizes of the thing: how far off the prediction may be. */
export function uncertainty({ axes: [x, , width, height] }: BoxFilter): number {
  const size = sizeOf({ width: Math.max(1, width.position), height: Math.max(1, height.position) });
  return Math.sqrt(x.pp) / size;
}

/** Per second, in pixels. */
export const velocityOf = ({ axes: [x, y] }: BoxFilter): { x: number; y: number } => ({ x: x.velocity, y: y.velocity });

/** A thing hidden does not keep on walking out of the picture: velocity fades by the given part. */
export function slowed(filter: BoxFilter, keep: number): BoxFilter {
  const [x, y, width, height] = filter.axes;
  const slow = (axis: Axis): Axis => ({ ...axis, velocity: axis.velocity * keep });
  return { ...filter, axes: [slow(x), slow(y), { ...width, velocity: 0 }, { ...height, velocity: 0 }] };
}

/** The same filter with another box. */
export function placed({ time, axes: [x, y, width, height] }: BoxFilter, box: Box): BoxFilter {
  const [cx, cy, w, h] = centre(box);
  return {
    time,
    axes: [
      { ...x, position: cx },
      { ...y, position: cy },
      { ...width, position: w },
      { ...height, position: h },
    ],
  };
}
