import type { BaselineFrame, BaselineStep } from '../frame.ts';
import type { BaselineMethod, BaselineOptions, LearntBaseline } from '../model.ts';

/** A kind of baseline: how energy is explained by calendar, temperature and drivers. */
export interface BaselineKind {
  readonly id: BaselineMethod;
  readonly step: BaselineStep;
  /** It learns from a temperature and refuses to do without one. */
  readonly needsTemperature: boolean;
  /** Fewest intervals, drivers not counted. */
  readonly least: number;
  /** Standard or paper. */
  readonly source: string;
  /** @param frame intervals in which energy and all drivers are known */
  learn(frame: BaselineFrame, drivers: readonly string[], options: BaselineOptions): LearntBaseline;
}
