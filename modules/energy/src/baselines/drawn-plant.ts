import { seededRandom } from '@millwright/imaging';
import { dayMilliseconds, siteClock } from '../analysis/site-clock.ts';
import type { IntervalRows } from './interval-rows.ts';

export interface DrawnPlant {
  readonly from: string;
  readonly days: number;
  readonly stepHours?: 1 | 24;
  readonly timezone?: string;
  /** Share of one day's deviation that the next one has too. */
  readonly memory?: number;
  /** kWh a day of standard deviation. */
  readonly noise?: number;
  /** Energy is this share lower from this day on. */
  readonly saving?: { readonly day: number; readonly share: number };
  readonly seed?: number;
}

/** For tests: a plant whose energy is 400 kWh + 12 kWh/K below 15 °C + 8 kWh/K above 20 °C + 3 kWh a piece, each day. */
export function drawnPlant(plant: DrawnPlant): { rows: IntervalRows; from: number; to: number; timezone: string } {
  const { days, stepHours = 24, timezone = 'UTC', memory = 0, noise = 20, saving, seed = 1 } = plant;
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const origin = Date.parse(plant.from);
  const clock = siteClock(timezone, origin, origin + (days + 2) * dayMilliseconds);
  const first = clock.dayOf(origin);
  const [start, end, energy, temperature, pieces]: number[][] = [[], [], [], [], []];
  let deviation = 0;
  for (let day = 0; day < days; day++) {
    const mean = 16 - 14 * Math.cos(((day + 15) / 365.25) * 2 * Math.PI) + 3 * normal();
    const weekend = (first + day + 3) % 7 >= 5;
    const made = weekend ? 0 : 100 + 30 * normal();
    deviation = memory * deviation + Math.sqrt(1 - memory ** 2) * noise * normal();
    const use = 400 + 12 * Math.max(0, 15 - mean) + 8 * Math.max(0, mean - 20) + 3 * made + deviation;
    const kept = saving && day >= saving.day ? use * (1 - saving.share) : use;
    const [begin, finish] = [clock.startOfDay(first + day), clock.startOfDay(first + day + 1)];
    const parts = stepHours === 24 ? 1 : Math.round((finish - begin) / 3_600_000);
    for (let part = 0; part < parts; part++) {
      start.push(begin + ((finish - begin) * part) / parts);
      end.push(begin + ((finish - begin) * (part + 1)) / parts);
      energy.push(kept / parts);
      temperature.push(mean);
      pieces.push(made / parts);
    }
  }
  const rows: IntervalRows = {
    ...{ start: Float64Array.from(start), end: Float64Array.from(end) },
    ...{ energy: Float64Array.from(energy), temperature: Float64Array.from(temperature) },
    drivers: [{ name: 'pieces', values: Float64Array.from(pieces), kind: 'amount' }],
  };
  return { rows, from: start[0]!, to: end.at(-1)!, timezone };
}
