import type { State } from '../learners/learner.ts';
import { cholesky, choleskySolve } from '../numerics/cholesky.ts';

/** Rows of settings and of values that were read at them, both row-major. */
export interface ConditionRows {
  readonly rows: number;
  readonly settingCount: number;
  readonly sensorCount: number;
  readonly settings: Float64Array;
  readonly values: Float64Array;
}

/**
 * Takes the operating condition out of readings: what is left is how far each sensor lies from what it reads in that
 * condition, in its own spread. Where the settings fall into a few regimes that the sensors follow (a flight's altitude, a recipe),
 * each regime has its own level and spread (Peel, 2008); where they vary continuously and the sensors follow them, a regression on
 * settings and their squares and products gives the level; else one level holds.
 */
export interface Conditions {
  /** Sensors that say something: the others never vary within a condition. */
  readonly kept: Int32Array;
  /** Writes the kept sensors of one row to `out`, NaN where a value is missing. */
  normalise(settings: Float64Array, values: Float64Array, row: number, out: Float64Array, at: number): void;
  state(): State;
}

/** Levels of a setting are further apart than this share of its range. */
const gapShare = 0.02;
const mostLevels = 15;
const mostRegimes = 40;
/** A level with fewer rows than this share is none. */
const leastShare = 0.005;
/** Settings matter when they explain so much of the variance of some sensor. */
const explainedShare = 0.3;

export function fitConditions(data: ConditionRows): Conditions {
  const regimes = findRegimes(data);
  if (regimes) return openConditions(fitRegimes(data, regimes));
  const regression = fitRegression(data);
  if (regression) return openConditions(regression);
  return openConditions(fitRegimes(data, { centres: [], scale: new Float64Array(data.settingCount), of: () => 0 }));
}

interface Regimes {
  /** Settings of each, scaled. */
  readonly centres: readonly Float64Array[];
  /** One over each setting's range; 0 where it is no part of the regimes. */
  readonly scale: Float64Array;
  of(row: number): number;
}

function findRegimes(data: ConditionRows): Regimes | undefined {
  const { rows, settingCount: width, settings } = data;
  const scale = new Float64Array(width);
  const levels: (Float64Array | undefined)[] = [];
  for (let setting = 0; setting < width; setting++) {
    const column = new Float64Array(rows);
    for (let row = 0; row < rows; row++) column[row] = settings[row * width + setting]!;
    const found = levelsOf(column.filter((value) => !Number.isNaN(value)).sort());
    levels.push(found?.levels);
    if (found) scale[setting] = 1 / found.range;
  }
  if (levels.every((found) => found === undefined)) return undefined;
  const keys = new Map<string, { count: number; sums: Float64Array }>();
  for (let row = 0; row < rows; row++) {
    const at = levels.map((found, setting) => (found ? nearest(found, settings[row * width + setting]!) : 0));
    const key = at.join(' ');
    let entry = keys.get(key);
    if (!entry) {
      const sums = Float64Array.from(levels, (found, setting) => (found ? found[at[setting]!]! * scale[setting]! : 0));
      entry = { count: 0, sums };
      keys.set(key, entry);
    }
    entry.count += 1;
  }
  const centres = [...keys.values()].filter(({ count }) => count >= leastShare * rows).map(({ sums }) => sums);
  if (centres.length < 2 || centres.length > mostRegimes) return undefined;
  const of = (row: number) => nearestCentre(centres, scale, settings, row * width);
  return explained(data, of, centres.length) >= explainedShare ? { centres, scale, of } : undefined;
}

/** Middles of the groups that sorted values fall into; undefined where there is but one, or too many. */
function levelsOf(sorted: Float64Array): { levels: Float64Array; range: number } | undefined {
  if (sorted.length === 0) return undefined;
  const range = sorted.at(-1)! - sorted[0]!;
  if (!(range > 0)) return undefined;
  const found: number[] = [];
  let from = 0;
  for (let index = 1; index <= sorted.length; index++) {
    if (index < sorted.length && sorted[index]! - sorted[index - 1]! <= gapShare * range) continue;
    if (index - from >= leastShare * sorted.length) found.push(sorted[(from + index - 1) >> 1]!);
    from = index;
  }
  return found.length > 1 && found.length <= mostLevels ? { levels: Float64Array.from(found), range } : undefined;
}

function nearest(levels: Float64Array, value: number): number {
  let best = 0;
  for (let index = 1; index < levels.length; index++)
    if (Math.abs(levels[index]! - value) < Math.abs(levels[best]! - value)) best = index;
  return best;
}

function nearestCentre(
  centres: readonly Float64Array[],
  scale: Float64Array,
  settings: Float64Array,
  at: number,
): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let index = 0; index < centres.length; index++) {
    const centre = centres[index]!;
    let distance = 0;
    for (let setting = 0; setting < scale.length; setting++) {
      const value = settings[at + setting]!;
      if (Number.isNaN(value)) continue;
      const off = value * scale[setting]! - centre[setting]!;
      distance += off * off;
    }
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

/** The largest share of a sensor's variance that groups of rows explain. */
function explained({ rows, sensorCount, values }: ConditionRows, of: (row: number) => number, groups: number): number {
  const group = Int32Array.from({ length: rows }, (_, row) => of(row));
  let most = 0;
  for (let sensor = 0; sensor < sensorCount; sensor++) {
    const { within, all } = spreads(values, sensorCount, sensor, group, groups);
    if (all > 0) most = Math.max(most, 1 - within / all);
  }
  return most;
}

function spreads(values: Float64Array, width: number, sensor: number, group: Int32Array, groups: number) {
  const moments = groupMoments(values, width, sensor, group, groups);
  let [count, sum, within] = [0, 0, 0];
  for (let index = 0; index < groups; index++) {
    count += moments.counts[index]!;
    sum += moments.counts[index]! * moments.means[index]!;
    within += moments.squares[index]!;
  }
  const mean = sum / count;
  let all = within;
  for (let index = 0; index < groups; index++) all += moments.counts[index]! * (moments.means[index]! - mean) ** 2;
  // Rounding of a column that never varies is no variance.
  return all > 1e-18 * count * mean * mean ? { within, all } : { within: 0, all: 0 };
}

/** Count, mean and summed squares about the mean (Welford, 1962) of one sensor in each group. */
function groupMoments(values: Float64Array, width: number, sensor: number, group: Int32Array, groups: number) {
  const [counts, means, squares] = [new Float64Array(groups), new Float64Array(groups), new Float64Array(groups)];
  for (let row = 0; row < group.length; row++) {
    const value = values[row * width + sensor]!;
    if (Number.isNaN(value)) continue;
    const at = group[row]!;
    counts[at]! += 1;
    const off = value - means[at]!;
    means[at]! += off / counts[at]!;
    squares[at]! += off * (value - means[at]!);
  }
  return { counts, means, squares };
}

function fitRegimes(data: ConditionRows, regimes: Regimes): State {
  const { rows, sensorCount, values } = data;
  const groups = Math.max(1, regimes.centres.length);
  const group = Int32Array.from({ length: rows }, (_, row) => regimes.of(row));
  const [kept, levels, scales]: [number[], Float64Array[], Float64Array[]] = [[], [], []];
  for (let sensor = 0; sensor < sensorCount; sensor++) {
    const { counts, means, squares } = groupMoments(values, sensorCount, sensor, group, groups);
    const scale = new Float64Array(groups);
    for (let index = 0; index < groups; index++) {
      const spread = counts[index]! > 1 ? Math.sqrt(squares[index]! / (counts[index]! - 1)) : 0;
      scale[index] = spread > 1e-7 * (Math.abs(means[index]!) + 1e-12) ? 1 / spread : 0;
    }
    if (scale.every((one) => one === 0)) continue;
    kept.push(sensor);
    levels.push(means);
    scales.push(scale);
  }
  return {
    kind: 'regimes',
    sensorCount,
    settingCount: data.settingCount,
    kept: Int32Array.from(kept),
    settingScale: regimes.scale,
    centres: regimes.centres,
    levels,
    scales,
  };
}

/** Ridge on standardised settings, their squares and products; undefined where they explain next to nothing. */
function fitRegression(data: ConditionRows): State | undefined {
  const { rows, settingCount, sensorCount, settings, values } = data;
  const zeros = new Int32Array(rows);
  const [centre, scale] = [new Float64Array(settingCount), new Float64Array(settingCount)];
  for (let setting = 0; setting < settingCount; setting++) {
    const { counts, means, squares } = groupMoments(settings, settingCount, setting, zeros, 1);
    const spread = counts[0]! > 1 ? Math.sqrt(squares[0]! / (counts[0]! - 1)) : 0;
    centre[setting] = counts[0]! > 0 ? means[0]! : 0;
    scale[setting] = spread > 1e-9 * (Math.abs(means[0]!) + 1e-12) ? 1 / spread : 0;
  }
  const width = termCount(settingCount);
  if (settingCount === 0 || scale.every((one) => one === 0) || rows < 5 * width) return undefined;
  const terms = new Float64Array(width);
  const [kept, weights, scales]: [number[], Float64Array[], number[]] = [[], [], []];
  let most = 0;
  for (let sensor = 0; sensor < sensorCount; sensor++) {
    const gram = new Float64Array(width * width);
    const right = new Float64Array(width);
    let count = 0;
    for (let row = 0; row < rows; row++) {
      const value = values[row * sensorCount + sensor]!;
      if (Number.isNaN(value)) continue;
      writeTerms(settings, row * settingCount, centre, scale, terms);
      count += 1;
      for (let a = 0; a < width; a++) {
        right[a]! += terms[a]! * value;
        for (let b = 0; b <= a; b++) gram[a * width + b]! += terms[a]! * terms[b]!;
      }
    }
    if (count < 5 * width) continue;
    for (let a = 1; a < width; a++) gram[a * width + a]! += 1e-3 * count;
    gram[0]! += 1e-12 * count;
    if (!cholesky(gram, width)) continue;
    choleskySolve(gram, width, right, 1);
    const solved = right;
    const { all, left, mean } = residual(data, sensor, centre, scale, solved);
    if (!(all > 1e-14 * count * mean * mean)) continue;
    most = Math.max(most, 1 - left / all);
    kept.push(sensor);
    weights.push(solved);
    scales.push(1 / Math.sqrt(Math.max(left, 1e-12 * all) / (count - 1)));
  }
  if (most < explainedShare) return undefined;
  return {
    kind: 'regression',
    sensorCount,
    settingCount,
    kept: Int32Array.from(kept),
    centre,
    settingScale: scale,
    weights,
    scales: Float64Array.from(scales),
  };
}

const termCount = (settings: number): number => 1 + settings + (settings * (settings + 1)) / 2;

/** 1, each setting, each square and product; a missing setting counts as usual. */
function writeTerms(settings: Float64Array, at: number, centre: Float64Array, scale: Float64Array, out: Float64Array) {
  const count = centre.length;
  out[0] = 1;
  for (let setting = 0; setting < count; setting++) {
    const value = (settings[at + setting]! - centre[setting]!) * scale[setting]!;
    out[1 + setting] = Number.isNaN(value) ? 0 : value;
  }
  let next = 1 + count;
  for (let a = 0; a < count; a++) for (let b = 0; b <= a; b++) out[next++] = out[1 + a]! * out[1 + b]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}

function residual(
  data: ConditionRows,
  sensor: number,
  centre: Float64Array,
  scale: Float64Array,
  weights: Float64Array,
): { all: number; left: number; mean: number } {
  const terms = new Float64Array(weights.length);
  let [count, mean, all, left] = [0, 0, 0, 0];
  for (let row = 0; row < data.rows; row++) {
    const value = data.values[row * data.sensorCount + sensor]!;
    if (Number.isNaN(value)) continue;
    writeTerms(data.settings, row * data.settingCount, centre, scale, terms);
    left += (value - dot(terms, weights)) ** 2;
    count += 1;
    const off = value - mean;
    mean += off / count;
    all += off * (value - mean);
  }
  return { all, left, mean };
}

/** Opens what `state()` of fitted conditions gave. */
export function openConditions(state: State): Conditions {
  const { kind, sensorCount, settingCount, kept, settingScale } = state as State & {
    sensorCount: number;
    settingCount: number;
    kept: Int32Array;
    settingScale: Float64Array;
  };
  if (kind === 'regimes') {
    const { centres, levels, scales } = state as unknown as Record<string, Float64Array[]>;
    return {
      kept,
      normalise(settings, values, row, out, at) {
        const regime = centres!.length === 0 ? 0 : nearestCentre(centres!, settingScale, settings, row * settingCount);
        for (let index = 0; index < kept.length; index++) {
          const value = values[row * sensorCount + kept[index]!]!;
          out[at + index] = (value - levels![index]![regime]!) * scales![index]![regime]!;
        }
      },
      state: () => state,
    };
  }
  const { centre, weights, scales } = state as unknown as {
    centre: Float64Array;
    weights: Float64Array[];
    scales: Float64Array;
  };
  const terms = new Float64Array(termCount(settingCount));
  return {
    kept,
    normalise(settings, values, row, out, at) {
      writeTerms(settings, row * settingCount, centre, settingScale, terms);
      for (let index = 0; index < kept.length; index++) {
        const value = values[row * sensorCount + kept[index]!]!;
        out[at + index] = (value - dot(terms, weights[index]!)) * scales[index]!;
      }
    },
    state: () => state,
  };
}
