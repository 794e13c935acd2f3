import type { Note } from '@millwright/kernel';
import type { EvidenceMethod } from '@millwright/ledger';
import type { BaselineMethod, BaselineModel, BaselineOptions } from '../baselines/model.ts';
import { type BaselinePoints, rowsFromPoints } from '../baselines/rows-from-points.ts';
import type { Readings } from '../readings/readings.ts';
import type { Adjustment, Savings } from '../savings/savings.ts';
import { type BaselineDone, baselineOnThread } from '../work/baseline.ts';

export const baselineMethodId = 'energy.baseline';
export const savingsMethodId = 'energy.savings';

export interface BaselineParameters {
  /** ISO 8601. */
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  readonly method: BaselineMethod | 'auto';
  readonly calendar: BaselineOptions['calendar'] | null;
  /** In the order of the finding's inputs. */
  readonly points: BaselinePoints;
}

export interface BaselineOutput {
  readonly unit: string;
  readonly model: BaselineModel;
  readonly daily: BaselineDone['daily'];
  readonly notes: readonly Note[];
}

export interface SavingsParameters extends BaselineParameters {
  readonly reportingFrom: string;
  readonly reportingTo: string;
  readonly confidence: number;
  /** Their documents are inputs after the points. */
  readonly adjustments: readonly (Omit<Adjustment, 'from' | 'to'> & {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly by: string;
    readonly document: string | null;
  })[];
}

export type SavingsOutput = BaselineOutput & { readonly savings: Savings };

/** Learns the baseline of a meter; see `fitBaseline`. */
export const baselineMethod = (readings: Readings): EvidenceMethod => ({
  id: baselineMethodId,
  version: '1',
  description:
    'What a meter would use, from calendar, weather, production and other drivers (IPMVP Option C; CalTRACK 2.0; Mathieu et al. 2011; ASHRAE Guideline 14-2014).',
  async run(parameters, inputs): Promise<BaselineOutput> {
    const given = parameters as BaselineParameters;
    const period = { from: Date.parse(given.from), to: Date.parse(given.to), timezone: given.timezone };
    const { rows, unit, finest } = await rowsFromPoints(readings, given.points, inputs, period);
    const baseline = { ...requestOf(given), finest };
    const done = await baselineOnThread({ ...{ rows, ...period, baseline }, savings: null });
    return { unit, model: done.model, daily: done.daily, notes: done.notes };
  },
});

/** Proves a saving against the baseline; see `savingsOf`. */
export const savingsMethod = (readings: Readings): EvidenceMethod => ({
  id: savingsMethodId,
  version: '1',
  description:
    'Energy avoided by a measure against its baseline, with non-routine adjustments and fractional uncertainty (IPMVP Option C; ASHRAE Guideline 14-2014; Sun and Baltazar 2013).',
  async run(parameters, inputs): Promise<SavingsOutput> {
    const given = parameters as SavingsParameters;
    const [from, to] = [Date.parse(given.from), Date.parse(given.reportingTo)];
    const period = { from, to, timezone: given.timezone };
    const { rows, unit, finest } = await rowsFromPoints(readings, given.points, inputs, period);
    const done = await baselineOnThread({
      ...{ rows, ...period, baseline: { ...requestOf(given), finest } },
      savings: {
        ...{ from: Date.parse(given.reportingFrom), to, confidence: given.confidence },
        adjustments: given.adjustments.map(({ reason, amount, ...one }) => ({
          ...{ reason, amount, from: Date.parse(one.from), to: Date.parse(one.to) },
        })),
      },
    });
    return { unit, model: done.model, daily: done.daily, notes: done.notes, savings: done.savings! };
  },
});

const requestOf = ({ method, from, to, calendar }: BaselineParameters) => ({
  ...{ method, from: Date.parse(from), to: Date.parse(to) },
  ...(calendar && { options: { calendar } }),
});
