import { regression } from '@millwright/orion';

export interface TemperatureWatch {
  /** Residual in standard deviations of the normal time, smoothed; NaN where something is unknown. */
  readonly score: Float64Array;
  /** Where it stayed above the limit. */
  readonly warnings: readonly { readonly from: number; readonly to: number; readonly degrees: number }[];
  readonly r2: number;
  readonly deviation: number;
  readonly limit: number;
}

/**
 * Early warning of a temperature that no longer fits its load: least squares of the temperature on each load, its square, the
 * load smoothed over a time constant, and the course of the day and year, learnt from the first part of the rows; then an
 * exponentially weighted mean of the residual (Roberts 1959), whose limit is the highest that it reached while it was learnt,
 * and a tenth.
 *
 * @param learn rows that are normal
 */
export function watchTemperature(
  time: Float64Array,
  temperature: Float64Array,
  loads: readonly Float64Array[],
  learn: number,
  hoursOfMemory = 24,
): TemperatureWatch {
  const n = time.length;
  const step = n > 1 ? (time[n - 1]! - time[0]!) / (n - 1) / 3_600_000 : 1;
  const smooth = Math.min(1, step / 3.5);
  const columns: Float64Array[] = [new Float64Array(n).fill(1)];
  for (const load of loads)
    columns.push(
      load,
      load.map((value) => value ** 2),
      smoothed(load, smooth),
    );
  for (const period of [24, 8766])
    for (const turn of [Math.sin, Math.cos])
      columns.push(time.map((at) => turn((2 * Math.PI * at) / (period * 3_600_000))));
  const known = [...time.keys()].filter(
    (row) => Number.isFinite(temperature[row]!) && columns.every((column) => Number.isFinite(column[row]!)),
  );
  const shown = known.filter((row) => row < learn);
  const take = (values: Float64Array) => Float64Array.from(shown, (row) => values[row]!);
  const fit = regression(columns.map(take), take(temperature));
  const deviation = Math.sqrt(fit.residualSquares / Math.max(1, shown.length - fit.rank));
  const score = new Float64Array(n).fill(Number.NaN);
  const weight = Math.min(1, step / hoursOfMemory);
  let mean = 0;
  let highest = 0;
  for (const row of known) {
    let fitted = 0;
    for (const [at, column] of columns.entries()) fitted += fit.coefficients[at]! * column[row]!;
    mean += weight * ((temperature[row]! - fitted) / (deviation || 1) - mean);
    score[row] = mean;
    if (row < learn) highest = Math.max(highest, mean);
  }
  const limit = highest * 1.1;
  return { ...{ score, deviation, limit, r2: fit.r2 }, warnings: warningsOf(time, score, learn, limit, deviation) };
}

function smoothed(values: Float64Array, weight: number): Float64Array {
  let mean = Number.NaN;
  return values.map((value) => {
    if (Number.isFinite(value)) mean = Number.isFinite(mean) ? mean + weight * (value - mean) : value;
    return mean;
  });
}

function warningsOf(
  time: Float64Array,
  score: Float64Array,
  learn: number,
  limit: number,
  deviation: number,
): TemperatureWatch['warnings'] {
  const found: { from: number; to: number; degrees: number }[] = [];
  let open: { from: number; to: number; degrees: number } | undefined;
  for (let row = learn; row < time.length; row++) {
    const value = score[row]!;
    if (!Number.isFinite(value)) continue;
    if (value > limit) {
      open ??= { from: time[row]!, to: time[row]!, degrees: 0 };
      open.to = time[row]!;
      open.degrees = Math.max(open.degrees, value * deviation);
    } else if (open) {
      found.push(open);
      open = undefined;
    }
  }
  return open ? [...found, open] : found;
}
