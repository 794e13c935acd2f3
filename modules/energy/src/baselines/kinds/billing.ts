import { bestByBalancePoints } from './balance-points.ts';
import { learntFrom } from './daily.ts';
import type { BaselineKind } from './kind.ts';

/** Energy a day of each bill or month, weighted by its days. */
export const billingBaseline: BaselineKind = {
  id: 'billing',
  step: 'billing',
  needsTemperature: false,
  least: 9,
  source: 'CalTRACK 2.0, sections 3.1 to 3.4 (billing), with drivers (IPMVP Option C)',
  learn: (frame, drivers) => learntFrom(bestByBalancePoints(frame, 'none', drivers, frame.length), frame),
};
