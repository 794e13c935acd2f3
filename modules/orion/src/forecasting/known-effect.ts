import { cholesky, choleskySolve } from '../numerics/cholesky.ts';
import type { KnownInput } from './types.ts';

const ridge = 1e-3;

/**
 * How much each known input moves a series at the same time: a ridge regression of the change over one season on the inputs' change over
 * it, so that what both owe to the hour and the day is not taken for an effect. Zeros where an input does not change.
 */
export function knownEffects(values: Float64Array, known: readonly KnownInput[], season: number): Float64Array {
  const count = known.length;
  const effects = new Float64Array(count);
  const lag = season > 1 && values.length > 3 * season ? season : 1;
  const gram = new Float64Array(count * count);
  const cross = new Float64Array(count);
  const change = new Float64Array(count);
  for (let t = lag; t < values.length; t++) {
    const y = values[t]! - values[t - lag]!;
    let whole = Number.isFinite(y);
    for (let k = 0; k < count; k++) {
      change[k] = known[k]!.values[t]! - known[k]!.values[t - lag]!;
      whole &&= Number.isFinite(change[k]!);
    }
    if (!whole) continue;
    for (let k = 0; k < count; k++) {
      cross[k]! += change[k]! * y;
      for (let l = 0; l <= k; l++) gram[k * count + l]! += change[k]! * change[l]!;
    }
  }
  const scale = Float64Array.from(effects, (_, k) => Math.sqrt(gram[k * count + k]!) || 1);
  for (let k = 0; k < count; k++) {
    for (let l = 0; l <= k; l++) gram[k * count + l]! /= scale[k]! * scale[l]!;
    gram[k * count + k]! += ridge;
    cross[k]! /= scale[k]!;
  }
  if (!cholesky(gram, count)) return effects;
  choleskySolve(gram, count, cross, 1);
  return effects.map((_, k) => cross[k]! / scale[k]!);
}

/** What the known inputs bring about at step `at`; what is not known brings nothing. */
export function effectAt(known: readonly KnownInput[], effects: Float64Array, at: number): number {
  let sum = 0;
  for (let k = 0; k < effects.length; k++) {
    const value = known[k]!.values[at]!;
    if (Number.isFinite(value)) sum += effects[k]! * value;
  }
  return sum;
}
