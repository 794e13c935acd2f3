import type { Conditions } from './conditions.ts';
import type { RunUnit } from './types.ts';

/**
 * A unit's sensors with the operating condition taken out, row-major; a missing value is the one before it, and the usual one before
 * the first.
 */
export interface PreparedUnit {
  readonly name: string;
  readonly rows: number;
  /** Cycles since the first row. */
  readonly age: Float64Array;
  readonly values: Float64Array;
}

export function prepareUnit(unit: RunUnit, conditions: Conditions): PreparedUnit {
  const width = conditions.kept.length;
  const rows = unit.cycles.length;
  const values = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    conditions.normalise(unit.settings, unit.values, row, values, row * width);
    for (let sensor = 0; sensor < width; sensor++) {
      const at = row * width + sensor;
      // Beyond ten spreads a value says no more than that it is far off.
      if (Number.isNaN(values[at]!)) values[at] = row > 0 ? values[at - width]! : 0;
      else values[at] = Math.max(-10, Math.min(10, values[at]!));
    }
  }
  const age = unit.cycles.map((cycle) => cycle - unit.cycles[0]!);
  return { name: unit.name, rows, age, values };
}

/** Lengths as parts of the cap: what wears out in half the time is looked at through windows of half the length. */
const levelParts = [0.04, 0.12, 0.32];
const slopeParts = [0.16, 0.48];
const baseRows = 20;

/** Cycles of the cap, and usual cycles from one row to the next. */
export interface FeatureScale {
  readonly cap: number;
  readonly step: number;
}

export const featureCount = (width: number): number => width * (levelParts.length + slopeParts.length + 2) + 2;

/**
 * What can be known of a unit after each of its rows, row-major: for each sensor its level over three windows, its slope over two, its
 * level in the beginning and over the whole life, each drawn towards nothing while there are few rows; and the age.
 */
export function windowFeatures({ rows, age, values }: PreparedUnit, width: number, scale: FeatureScale): Float32Array {
  const count = featureCount(width);
  const span = scale.cap / scale.step;
  const features = new Float32Array(rows * count);
  const levels = levelParts.map((part) => Math.max(2, Math.round(part * span)));
  const slopes = slopeParts.map((part) => Math.max(4, Math.round(part * span)));
  const sums = new Float64Array(rows + 1);
  const moments = new Float64Array(rows + 1);
  for (let sensor = 0; sensor < width; sensor++) {
    for (let row = 0; row < rows; row++) {
      const value = values[row * width + sensor]!;
      sums[row + 1] = sums[row]! + value;
      moments[row + 1] = moments[row]! + value * row;
    }
    for (let row = 0; row < rows; row++) {
      let at = row * count + sensor;
      for (let index = 0; index < levels.length; index++, at += width) {
        const from = Math.max(0, row + 1 - levels[index]!);
        features[at] = (sums[row + 1]! - sums[from]!) / (row + 2 - from);
      }
      for (let index = 0; index < slopes.length; index++, at += width) {
        const length = slopes[index]!;
        const from = Math.max(0, row + 1 - length);
        const seen = row + 1 - from;
        const rise = moments[row + 1]! - moments[from]! - ((from + row) / 2) * (sums[row + 1]! - sums[from]!);
        features[at] = (rise * length) / ((seen * (seen * seen - 1)) / 12 + length * length * 0.5);
      }
      const first = Math.min(row + 1, baseRows);
      features[at] = sums[first]! / (first + 3);
      features[at + width] = sums[row + 1]! / (row + 1);
    }
  }
  for (let row = 0; row < rows; row++) {
    features[row * count + count - 2] = age[row]! / (0.8 * scale.cap);
    features[row * count + count - 1] = Math.min(row, 30) / 30;
  }
  return features;
}
