import type { Box } from '../observation.ts';
import { type BoxNoise, sizeOf } from './box-filter.ts';
import type { Sighting } from './track.ts';

/** Of one coordinate, in sizes of the thing. */
export interface AxisNoise {
  /** Standard deviation of a detection. */
  readonly measured: number;
  /** How much the velocity wanders, per second after one second. */
  readonly motion: number;
  /** Standard deviation of the velocity of a thing never seen before, per second. */
  readonly firstVelocity: number;
}

export type RecordedNoise = Readonly<Record<keyof typeof coordinates, AxisNoise>>;

export const coordinates = {
  x: (box: Box) => box.x + box.width / 2,
  y: (box: Box) => box.y + box.height / 2,
  width: (box: Box) => box.width,
  height: (box: Box) => box.height,
} as const;

/** Fewer steps from one sighting to the next say too little; more say nothing new. */
const leastSteps = 150;
const mostSteps = 6_000;
const measuredTried = [0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.07, 0.1, 0.14];
const motionTried = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2];
/** Degrees of freedom of Student's distribution: detections that are far off are commoner than a normal one has them. */
const freedom = 4;

/**
 * How much the detections of this recording tremble and its things swerve: for each coordinate the pair that makes what was
 * seen likeliest by the Kalman filter's own predictions (Schweppe 1965), taken half way, as a geometric mean, from the
 * usual one. Half way because the errors of detectors are not independent from picture to picture as the filter has it.
 */
export function recordedNoise(tracks: readonly (readonly Sighting[])[], noise: BoxNoise): RecordedNoise {
  const usual = usualNoise(noise);
  const used: (readonly Sighting[])[] = [];
  let steps = 0;
  for (const track of tracks) {
    if (steps >= mostSteps) break;
    used.push(track.slice(0, mostSteps));
    steps += used.at(-1)!.length - 1;
  }
  if (steps < leastSteps) return usual;
  const halfWay = (axis: keyof RecordedNoise): AxisNoise => {
    const { measured, motion } = likeliest(used, axis, usual[axis]);
    return {
      ...usual[axis],
      measured: Math.sqrt(measured * usual[axis].measured),
      motion: Math.sqrt(motion * usual[axis].motion),
    };
  };
  return { x: halfWay('x'), y: halfWay('y'), width: halfWay('width'), height: halfWay('height') };
}

export function usualNoise({ measured, measuredSize, motion, growth, firstVelocity }: BoxNoise): RecordedNoise {
  const extent = { measured: measuredSize, motion: growth, firstVelocity: growth };
  return {
    x: { measured, motion, firstVelocity },
    y: { measured, motion: motion / 2, firstVelocity: firstVelocity / 2 },
    width: extent,
    height: extent,
  };
}

type Series = readonly (readonly [seconds: number, value: number])[];

function likeliest(tracks: readonly (readonly Sighting[])[], axis: keyof RecordedNoise, usual: AxisNoise): AxisNoise {
  const series = tracks.map((track): Series => {
    const size = track.reduce((sum, { box }) => sum + sizeOf(box), 0) / track.length;
    return track.map(({ time, box }) => [time / 1000, coordinates[axis](box) / size]);
  });
  let best = usual;
  let most = Number.NEGATIVE_INFINITY;
  for (const measured of measuredTried)
    for (const motion of motionTried) {
      const tried = { ...usual, measured, motion };
      const log = series.reduce((sum, one) => sum + likelihood(one, tried), 0);
      if (log > most) [best, most] = [tried, log];
    }
  return best;
}

/** Logarithm, but for a constant. */
function likelihood(series: Series, { measured, motion, firstVelocity }: AxisNoise): number {
  const [variance, noise] = [measured ** 2, motion ** 2];
  const [[start, first]] = series as readonly [Series[number]];
  let [time, position, velocity, pp, pv, vv] = [start, first, 0, variance, 0, firstVelocity ** 2];
  let log = 0;
  for (const [at, value] of series) {
    const dt = at - time;
    if (dt <= 0) continue;
    time = at;
    position += velocity * dt;
    pp += 2 * dt * pv + dt * dt * vv + (noise * dt ** 3) / 3;
    pv += dt * vv + (noise * dt * dt) / 2;
    vv += noise * dt;
    const total = pp + variance;
    const off = value - position;
    const far = off ** 2 / total;
    log -= Math.log(total) / 2 + ((freedom + 1) / 2) * Math.log1p(far / freedom);
    // The filter itself must not follow one that is far off.
    const trust = Math.min(1, 9 / far);
    const [gain, velocityGain] = [pp / total, pv / total];
    position += gain * off * trust;
    velocity += velocityGain * off * trust;
    vv -= velocityGain * pv;
    pv *= 1 - gain;
    pp *= 1 - gain;
  }
  return log;
}
