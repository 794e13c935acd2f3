import { minimise } from '../../numerics/minimise.ts';

/** What augurs hands over of Prophet's model, in Stan's names. */
interface StanData {
  readonly T: number;
  readonly y: readonly number[];
  readonly t: readonly number[];
  readonly S: number;
  readonly t_change: readonly number[];
  /** 0 for a linear trend; others are not asked for here. */
  readonly trend_indicator: number;
  readonly K: number;
  readonly s_a: readonly number[];
  readonly s_m: readonly number[];
  /** T rows of K. */
  readonly X: readonly (readonly number[])[];
  readonly sigmas: readonly number[];
  readonly tau: number;
}

interface Parameters {
  readonly k: number;
  readonly m: number;
  readonly delta: Float64Array;
  readonly beta: Float64Array;
  readonly sigmaObs: number;
}

/** Where the Laplace prior's corner is rounded off, so that it has a slope everywhere. */
const corner = 1e-3;

/**
 * The most likely parameters of Prophet's model with a linear trend (Taylor and Letham 2018; the priors are those of its Stan file: normal of 5 for slope and
 * offset, Laplace of tau for changes of slope, normal of each sigma for what is seasonal or known, half normal of 0.5 for the noise): maximum a
 * posteriori by L-BFGS, as Prophet's own. augurs leaves this step to whoever calls it.
 */
export function optimiseProphet(
  init: Parameters,
  text: string,
): { logs: object; params: Parameters & { trend: Float64Array } } {
  const data = JSON.parse(text) as StanData;
  const { T, S, K, tau } = data;
  const [y, t, X] = [Float64Array.from(data.y), Float64Array.from(data.t), Float64Array.from(data.X.flat())];
  const changes = Float64Array.from(data.t_change);
  const start = new Float64Array(3 + S + K);
  start.set([init.k, init.m, Math.log(Math.max(init.sigmaObs, 1e-3))]);
  start.set(init.delta, 3);
  start.set(init.beta, 3 + S);
  const trend = new Float64Array(T);
  const evaluate = (at: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    const sigma = Math.exp(at[2]!);
    let square = 0;
    trendOf(at, t, changes, trend);
    for (let i = 0; i < T; i++) {
      let [added, times] = [0, 0];
      for (let k = 0; k < K; k++) {
        const effect = X[i * K + k]! * at[3 + S + k]!;
        added += effect * data.s_a[k]!;
        times += effect * data.s_m[k]!;
      }
      const error = trend[i]! * (1 + times) + added - y[i]!;
      square += error * error;
      const slope = error * (1 + times);
      gradient[0]! += slope * t[i]!;
      gradient[1]! += slope;
      for (let s = 0; s < S; s++) if (t[i]! >= changes[s]!) gradient[3 + s]! += slope * (t[i]! - changes[s]!);
      for (let k = 0; k < K; k++)
        gradient[3 + S + k]! += error * X[i * K + k]! * (data.s_a[k]! + trend[i]! * data.s_m[k]!);
    }
    const precision = 1 / (sigma * sigma);
    for (let p = 0; p < gradient.length; p++) if (p !== 2) gradient[p]! *= precision;
    gradient[2] = T - square * precision + sigma * sigma * 4;
    let value = 0.5 * square * precision + T * at[2]! + sigma * sigma * 2;
    for (const p of [0, 1]) {
      value += at[p]! ** 2 / 50;
      gradient[p]! += at[p]! / 25;
    }
    for (let s = 0; s < S; s++) {
      const size = Math.hypot(at[3 + s]!, corner * tau);
      value += size / tau;
      gradient[3 + s]! += at[3 + s]! / size / tau;
    }
    for (let k = 0; k < K; k++) {
      const place = 3 + S + k;
      value += at[place]! ** 2 / (2 * data.sigmas[k]! ** 2);
      gradient[place]! += at[place]! / data.sigmas[k]! ** 2;
    }
    return value;
  };
  const best = minimise({ start, evaluate, iterations: 300, precision: 1e-4 });
  trendOf(best, t, changes, trend);
  return {
    logs: { debug: '', info: '', warn: '', error: '', fatal: '' },
    params: {
      ...{ k: best[0]!, m: best[1]!, sigmaObs: Math.exp(best[2]!), trend },
      ...{ delta: best.slice(3, 3 + S), beta: best.slice(3 + S) },
    },
  };
}

/** Slope and offset, changed at each change point so that the line does not break. */
function trendOf(at: Float64Array, t: Float64Array, changes: Float64Array, trend: Float64Array): void {
  for (let i = 0; i < t.length; i++) {
    let value = at[1]! + at[0]! * t[i]!;
    for (let s = 0; s < changes.length; s++) if (t[i]! >= changes[s]!) value += at[3 + s]! * (t[i]! - changes[s]!);
    trend[i] = value;
  }
}
