import type { DemandProfile } from './demand-profile.ts';

export interface Peak {
  /** Highest average of any interval, in the profile's unit (kW for electricity). */
  readonly value: number;
  /** The interval's time stamp as the meter records it: its start for start-stamped deltas, else its end. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** The interval with the highest average demand, the first of equals; null when none is known. */
export function peak({ grid, demand, stamp }: DemandProfile, first = 0, last = grid.count): Peak | null {
  let best = -1;
  for (let index = first; index < last; index++)
    if (!Number.isNaN(demand[index]) && (best < 0 || demand[index]! > demand[best]!)) best = index;
  if (best < 0) return null;
  const from = grid.start + best * grid.step;
  const to = from + grid.step;
  return { value: demand[best]!, at: stamp === 'start' ? from : to, from, to };
}
