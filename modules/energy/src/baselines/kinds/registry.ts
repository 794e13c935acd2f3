import { baselineErrors } from '../errors.ts';
import type { BaselineMethod } from '../model.ts';
import { billingBaseline } from './billing.ts';
import { changePointBaseline } from './change-point.ts';
import { dailyBaseline } from './daily.ts';
import { hourlyBaseline } from './hourly.ts';
import type { BaselineKind } from './kind.ts';
import { towtBaseline } from './towt.ts';

export const baselineKinds: Readonly<Record<BaselineMethod, BaselineKind>> = {
  daily: dailyBaseline,
  billing: billingBaseline,
  hourly: hourlyBaseline,
  towt: towtBaseline,
  'change-point': changePointBaseline,
};

/** Throws ENERGY_BASELINE_METHOD_UNKNOWN. */
export function baselineKind(method: string): BaselineKind {
  const kind = Object.hasOwn(baselineKinds, method) ? baselineKinds[method as BaselineMethod] : undefined;
  if (!kind)
    throw baselineErrors.ENERGY_BASELINE_METHOD_UNKNOWN({ method, known: ['auto', ...Object.keys(baselineKinds)] });
  return kind;
}
