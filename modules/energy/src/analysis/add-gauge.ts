import type { AmountCollector } from './amount-collector.ts';
import { rhythmAt, type UsableSeries } from './series.ts';

/**
 * How a momentary rate becomes an amount between two readings. `trapezoid`: it ran straight from one to the next (right
 * for sampled power). `step`: it stayed until the next reading (right for values sent on change).
 */
export type GaugeMethod = 'trapezoid' | 'step';

/** Integrates a rate per hour; spans longer than `maximumGap` milliseconds (left out, two intervals of the rhythm) are gaps, since nobody looked. */
export function addGauge(
  readings: UsableSeries,
  factor: number,
  method: GaugeMethod,
  nominal: number,
  maximumGap: number | undefined,
  collector: AmountCollector,
): void {
  const { time, value, substituted } = readings;
  for (let index = 1; index < time.length; index++) {
    const from = time[index - 1]!;
    const to = time[index]!;
    if (to - from > (maximumGap ?? 2 * rhythmAt(time, index, nominal))) {
      collector.addGap(from, to, false);
      continue;
    }
    const first = value[index - 1]! * factor;
    collector.addRate(from, to, first, method === 'step' ? first : value[index]! * factor, {
      substituted: substituted[index - 1] === 1 || (method === 'trapezoid' && substituted[index] === 1),
    });
  }
}
