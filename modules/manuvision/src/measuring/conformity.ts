import type { Feature, MeasuringPlan } from './plan.ts';

/** Verdict on one feature or one part. */
export type MeasuringVerdict = 'ok' | 'ng' | 'refused';

/** 95 % of a normal distribution lie below this many standard deviations: the guard band of ISO 14253-1:2017. */
const guard = 1.645;

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
