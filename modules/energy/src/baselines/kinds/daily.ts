import { coefficientsOf, designOf } from '../design.ts';
import type { LearntBaseline } from '../model.ts';
import { bestByBalancePoints, bic, type Candidate } from './balance-points.ts';
import type { BaselineKind } from './kind.ts';

/** Energy a day by mean temperature, calendar and drivers. */
export const dailyBaseline: BaselineKind = {
  id: 'daily',
  step: 'day',
  needsTemperature: false,
  least: 28,
  source:
    'CalTRACK 2.0, sections 3.1 to 3.4 (daily), with drivers (IPMVP Option C) and a calendar chosen by BIC (Schwarz 1978)',
  learn(frame, drivers, options): LearntBaseline {
    const calendars = options.calendar ? [options.calendar] : (['none', 'weekend', 'weekday'] as const);
    let best: Candidate | undefined;
    for (const calendar of calendars) {
      const candidate = bestByBalancePoints(frame, calendar, drivers);
      if (!best || bic(candidate.fit) < bic(best.fit)) best = candidate;
    }
    return learntFrom(best!, frame);
  },
};

export function learntFrom({ form, terms, fit }: Candidate, frame: Parameters<typeof designOf>[1]): LearntBaseline {
  const coefficients = coefficientsOf(designOf(terms, frame), fit);
  return { segments: [{ months: null, form, terms, coefficients }], parameters: fit.rank, notes: [] };
}
