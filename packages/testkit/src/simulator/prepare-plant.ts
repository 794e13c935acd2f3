import { setImmediate } from 'node:timers/promises';
import { dayMs } from './model/time-grid.ts';
import type { Plant } from './plant.ts';

/**
 * Counts every register up to a moment, a month at a time, so that nothing waits seconds for its first reading and
 * the event loop goes on in between. Not needed for correct values.
 */
export async function preparePlant(plant: Plant, timeMs: number): Promise<void> {
  const counters = plant.points.filter((point) => point.kind !== 'gauge');
  for (let time = plant.commissionedAt; time < timeMs; time += 10 * dayMs) {
    for (const { key } of counters) plant.value(key, time);
    await setImmediate();
  }
  for (const { key } of counters) plant.value(key, timeMs);
}
