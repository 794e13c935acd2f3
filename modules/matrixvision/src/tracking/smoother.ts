import type { Box } from '../observation.ts';
import { sizeOf } from './box-filter.ts';
import { coordinates, type RecordedNoise } from './recorded-noise.ts';
import type { Sighting } from './track.ts';

type Coordinate = readonly (readonly [time: number, value: number, variance: number])[];

/**
 * The boxes of a track at all the given times from its first to its last sighting, each by the sightings before and after
 * it: the Kalman filter of `box-filter.ts` run forth, then back (Rauch, Tung and Striebel 1965). Gaps are bridged along the
 * motion on both sides, not by a straight line.
 */
export function smoothed(sightings: readonly Sighting[], times: readonly number[], noise: RecordedNoise): Box[] {
  const sizes = sightings.map(({ box }) => sizeOf(box));
  // One size for the whole track would be wrong for what comes from far to near: each measurement has its own noise.
  const size = sizes.reduce((sum, value) => sum + value, 0) / sizes.length;
  const along = (axis: keyof RecordedNoise): number[] => {
    const { measured, motion, firstVelocity } = noise[axis];
    return smoothedAxis(
      sightings.map(({ time, box }, index) => [time / 1000, coordinates[axis](box), (measured * sizes[index]!) ** 2]),
      times.map((time) => time / 1000),
      (motion * size) ** 2,
      (firstVelocity * size) ** 2,
    );
  };
  const [x, y, width, height] = [along('x'), along('y'), along('width'), along('height')];
  return times.map((_, index) => {
    const [w, h] = [Math.max(1, width[index]!), Math.max(1, height[index]!)];
    return { x: x[index]! - w / 2, y: y[index]! - h / 2, width: w, height: h };
  });
}

interface State {
  readonly p: number;
  readonly v: number;
  readonly pp: number;
  readonly pv: number;
  readonly vv: number;
}

/** Values at `times`, which must hold the times of all measurements; seconds. */
function smoothedAxis(seen: Coordinate, times: readonly number[], noise: number, firstVariance: number): number[] {
  const [first] = seen;
  const predicted: State[] = [];
  const filtered: State[] = [];
  let next = 0;
  let state: State = { p: first![1], v: 0, pp: first![2] * 100, pv: 0, vv: firstVariance };
  times.forEach((time, index) => {
    if (index > 0) state = ahead(state, time - times[index - 1]!, noise);
    predicted.push(state);
    const measured = seen[next];
    if (measured && measured[0] <= time) {
      state = corrected(state, measured[1], measured[2]);
      next += 1;
    }
    filtered.push(state);
  });
  const values = new Array<number>(times.length);
  let after = filtered.at(-1)!;
  values[times.length - 1] = after.p;
  for (let index = times.length - 2; index >= 0; index--) {
    after = back(filtered[index]!, predicted[index + 1]!, after, times[index + 1]! - times[index]!);
    values[index] = after.p;
  }
  return values;
}

const ahead = ({ p, v, pp, pv, vv }: State, dt: number, noise: number): State => ({
  p: p + v * dt,
  v,
  pp: pp + 2 * dt * pv + dt * dt * vv + (noise * dt ** 3) / 3,
  pv: pv + dt * vv + (noise * dt * dt) / 2,
  vv: vv + noise * dt,
});

function corrected({ p, v, pp, pv, vv }: State, value: number, variance: number): State {
  const [gain, velocityGain] = [pp / (pp + variance), pv / (pp + variance)];
  const off = value - p;
  return {
    p: p + gain * off,
    v: v + velocityGain * off,
    pp: (1 - gain) * pp,
    pv: (1 - gain) * pv,
    vv: vv - velocityGain * pv,
  };
}

/** One step of the smoother: C = P F' P_predicted^-1, x += C (x_after - x_predicted). Covariances are not needed. */
function back(now: State, predicted: State, after: State, dt: number): State {
  const determinant = predicted.pp * predicted.vv - predicted.pv ** 2;
  const [a, b] = [now.pp + now.pv * dt, now.pv];
  const [c, d] = [now.pv + now.vv * dt, now.vv];
  const [dp, dv] = [after.p - predicted.p, after.v - predicted.v];
  const p = (predicted.vv * dp - predicted.pv * dv) / determinant;
  const v = (predicted.pp * dv - predicted.pv * dp) / determinant;
  return { ...now, p: now.p + a * p + b * v, v: now.v + c * p + d * v };
}
