import { type GaugeStudy, gaugeStudy } from './gauge-study.ts';
import type { MeasuringUnit } from './measure-picture.ts';
import type { FeatureTrial } from './trials-csv.ts';

export interface StudiedFeature {
  readonly name: string;
  readonly unit: MeasuringUnit | null;
  /** Upper less lower limit; null where the plan has not both. */
  readonly tolerance: number | null;
  readonly study: GaugeStudy;
}

/** A study of each feature that was measured. Throws what `gaugeStudy` throws. */
export function studiedFeatures(
  trials: readonly FeatureTrial[],
  of: (name: string) => { unit: MeasuringUnit | null; tolerance?: number },
): StudiedFeature[] {
  const names = [...new Set(trials.map(({ feature }) => feature))];
  return names.map((name) => {
    const { unit, tolerance } = of(name);
    const own = trials.filter(({ feature }) => feature === name);
    const study = gaugeStudy(own, tolerance === undefined ? {} : { tolerance });
    return { name, unit, tolerance: tolerance ?? null, study };
  });
}
