/** Values beyond a limit, as the share of time they may be. */
export interface LimitCheck {
  readonly name: string;
  readonly limit: number;
  /** The value that 95 % of the time stays below, which the limit is held against. */
  readonly percentile95: number;
  readonly exceeded: boolean;
  /** Part of the time beyond it. */
  readonly share: number;
  readonly source: string;
}

const percentile95 = (values: Float64Array): number => {
  const sorted = values.filter(Number.isFinite).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? Number.NaN;
};

function check(name: string, values: Float64Array, limit: number, source: string): LimitCheck {
  const known = values.filter(Number.isFinite);
  const at = percentile95(known);
  return {
    ...{ name, limit, percentile95: at, exceeded: at > limit, source },
    share: known.length === 0 ? 0 : known.filter((value) => value > limit).length / known.length,
  };
}

/** Total harmonic distortion of the voltage in percent, against IEEE 519-2022 table 1 by nominal voltage. */
export function voltageDistortion(percent: Float64Array, nominalkV: number): LimitCheck {
  const limit = nominalkV <= 1 ? 8 : nominalkV <= 69 ? 5 : nominalkV <= 161 ? 2.5 : 1.5;
  return check('voltage-thd', percent, limit, 'IEEE 519-2022, table 1 (95th percentile of a week)');
}

/** Total demand distortion of the current in percent, against IEEE 519-2022 table 2 by short-circuit over load current. */
export function currentDistortion(percent: Float64Array, shortCircuitRatio: number): LimitCheck {
  const limit =
    shortCircuitRatio < 20
      ? 5
      : shortCircuitRatio < 50
        ? 8
        : shortCircuitRatio < 100
          ? 12
          : shortCircuitRatio < 1000
            ? 15
            : 20;
  return check('current-tdd', percent, limit, 'IEEE 519-2022, table 2 (95th percentile of a week)');
}

/**
 * Unbalance of three phases in percent: largest deviation from the mean over the mean (NEMA MG 1-2021, 14.36). For voltages
 * the limit is 2 % (IEC 61000-2-2:2002+A2:2018, 4.6); of currents 10 % is usual practice.
 */
export function unbalance(phases: readonly [Float64Array, Float64Array, Float64Array]): Float64Array {
  const [a, b, c] = phases;
  return a.map((value, at) => {
    const mean = (value + b[at]! + c[at]!) / 3;
    const most = Math.max(Math.abs(value - mean), Math.abs(b[at]! - mean), Math.abs(c[at]! - mean));
    return mean > 0 ? (100 * most) / mean : Number.NaN;
  });
}

export const voltageUnbalance = (percent: Float64Array): LimitCheck =>
  check('voltage-unbalance', percent, 2, 'IEC 61000-2-2:2002+A2:2018, 4.6');

export const currentUnbalance = (percent: Float64Array): LimitCheck =>
  check('current-unbalance', percent, 10, 'usual practice; NEMA MG 1 says how it is computed');

/** How often a breaker closed, from its position (1 closed, 0 open) or from a counter of its own, against what the maker allows. */
export function breakerOperations(position: Float64Array): number {
  let [count, last] = [0, Number.NaN];
  for (const value of position) {
    if (!Number.isFinite(value)) continue;
    if (last === 0 && value >= 1) count++;
    last = value >= 1 ? 1 : 0;
  }
  return count;
}
