import type { Feature, MeasuringPlan } from './plan.ts';

/** Verdict on one feature or one part. */
export type MeasuringVerdict = 'ok' | 'ng' | 'refused';

/** 95 % of a normal distribution lie below this many standard deviations: the guard band of ISO 14253-1:2017. */
const guard = 1.645;

/** Coverage factor of the expanded uncertainty: 95 % (JCGM 100:2008, 6.2). */
const coverage = 2;

/**
 * The expanded uncertainty of a value that tells nothing: of a size, above the size itself; of any, above the width of a
 * tolerance of two limits that the value is not surely out of. Undefined of a value that tells something.
 */
export function vagueBy(
  value: number,
  uncertainty: number,
  isSize: boolean,
  { nominal, plus, minus }: Pick<Feature, 'nominal' | 'plus' | 'minus'>,
): number | undefined {
  const expanded = coverage * uncertainty;
  if (!Number.isFinite(value) || !Number.isFinite(expanded)) return expanded;
  if (isSize && expanded > Math.abs(value)) return expanded;
  if (nominal === undefined || plus === undefined || minus === undefined) return undefined;
  const surelyOut = value - expanded > nominal + plus || value + expanded < nominal - minus;
  return expanded > plus + minus && !surelyOut ? expanded : undefined;
}

/**
 * Whether a value is in tolerance. By `iso14253` it is ok only where that is proved, ng only where the contrary is, and
 * refused in between (ISO 14253-1:2017, probability 95 %).
 */
export function conformityOf(
  value: number,
  uncertainty: number,
  { nominal, plus, minus }: Pick<Feature, 'nominal' | 'plus' | 'minus'>,
  rule: MeasuringPlan['rule'],
): MeasuringVerdict {
  if (nominal === undefined) return 'ok';
  const upper = plus === undefined ? Number.POSITIVE_INFINITY : nominal + plus;
  const lower = minus === undefined ? Number.NEGATIVE_INFINITY : nominal - minus;
  const band = rule === 'iso14253' ? guard * uncertainty : 0;
  // A nominal value and a tolerance of one decimal each do not add up exactly.
  const rounding = 1e-12 * Math.max(Math.abs(nominal), 1);
  if (value <= upper - band + rounding && value >= lower + band - rounding) return 'ok';
  if (value > upper + band || value < lower - band) return 'ng';
  return 'refused';
}
