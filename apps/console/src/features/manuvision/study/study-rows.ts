import type { GaugeStudy, StudiedFeature } from '../types.ts';

/** Kinds of variation in the order of AIAG's report. */
export const variationKeys = [
  'gaugeRR',
  'repeatability',
  'reproducibility',
  'operator',
  'interaction',
  'partToPart',
  'total',
] as const;
export type VariationKey = (typeof variationKeys)[number];

export interface PartMeasurements {
  readonly part: string;
  readonly values: readonly number[];
}

export interface OperatorMeasurements {
  readonly operator: string;
  readonly parts: readonly PartMeasurements[];
}

type Trial = GaugeStudy['trials'][number];

const byNumber = new Intl.Collator(undefined, { numeric: true }).compare;

/** What each operator measured of each part, both by name, 2 before 10. */
export function measurementsOf(trials: readonly Trial[], feature: string): OperatorMeasurements[] {
  const own = trials.filter((one) => one.feature === feature);
  const names = (key: 'part' | 'operator') => [...new Set(own.map((one) => one[key]))].sort(byNumber);
  return names('operator').map((operator) => ({
    operator,
    parts: names('part').map((part) => ({
      part,
      values: own.filter((one) => one.operator === operator && one.part === part).map(({ value }) => value),
    })),
  }));
}

/** Gauge R&R in percent of what the verdict goes by: the tolerance where there is one. */
export function judgedShare({ study: { gaugeRR } }: StudiedFeature): { percent: number; of: 'tolerance' | 'study' } {
  return gaugeRR.tolerancePercent === null
    ? { percent: gaugeRR.studyPercent, of: 'study' }
    : { percent: gaugeRR.tolerancePercent, of: 'tolerance' };
}
