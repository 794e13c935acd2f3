import { z } from 'zod';
import { type AdviceData, type AdviceKind, ninety } from '../kind.ts';
import { adviceNotes } from '../notes.ts';
import { solveLinear } from '../solve-linear.ts';
import { typicalWeek } from '../weekly.ts';

const settings = z.strictObject({
  /** Part of each hour's load that can run at another hour of the same day. */
  shiftable: z.number().min(0.01).max(0.8).default(0.1),
  /** Most that an hour may take on, as part of the highest load of the month; 0 takes nothing above it. */
  headroom: z.number().min(0).max(1).default(0),
});

/**
 * Load moved within each day to where the tariff is cheap, and the month's peak held down: a linear program for each month
 * (minimise energy price times load plus demand price times peak; each day's energy stays).
 */
export const loadShiftingAdvice: AdviceKind<z.output<typeof settings>> = {
  id: 'load-shifting',
  source:
    'Linear program of load under a time-of-use and demand tariff (Ashok, Peak-load management in steel plants, Applied Energy 2006), solved by HiGHS (Huangfu and Hall 2018)',
  settings,
  needs: ['tariff'],
  least: 28 * 24,
  async evaluate(data, given) {
    const advised = data.energy.slice();
    const savings: number[] = [];
    let [peakNow, peakAdvised] = [0, 0];
    for (const month of new Set(data.month)) {
      const hours = [...data.month.keys()].filter(
        (hour) => data.month[hour] === month && Number.isFinite(data.energy[hour]!),
      );
      if (hours.length < 600) continue;
      const found = await shiftMonth(data, hours, given);
      for (const [at, hour] of hours.entries()) advised[hour] = found.load[at]!;
      savings.push(found.saved);
      peakNow += found.peakNow;
      peakAdvised += found.peakAdvised;
    }
    if (savings.length === 0) return null;
    const mean = savings.reduce((sum, value) => sum + value, 0) / savings.length;
    if (!(mean > 1e-6)) return null;
    const variance = savings.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, savings.length - 1);
    const half = ninety * Math.sqrt(variance / savings.length) * 12;
    return {
      energy: { value: 0, low: 0, high: 0 },
      cost: { value: mean * 12, low: mean * 12 - half, high: mean * 12 + half },
      figures: [
        { name: 'peak-now', value: peakNow / savings.length, unit: 'kW' },
        { name: 'peak-advised', value: peakAdvised / savings.length, unit: 'kW' },
        { name: 'shiftable', value: 100 * given.shiftable, unit: '%' },
      ],
      picture: {
        axis: 'hour-of-week',
        now: typicalWeek(data.energy, data.hourOfWeek),
        advised: typicalWeek(advised, data.hourOfWeek),
      },
      notes: [adviceNotes['hourly-peak'](), adviceNotes['known-in-advance']()],
    };
  },
};

async function shiftMonth(data: AdviceData, hours: readonly number[], given: z.output<typeof settings>) {
  const { demand } = data.tariff!;
  const demandPrice = demand?.basis === 'maximum-demand' ? Number(demand.pricePerkWMonth) : 0;
  const load = hours.map((hour) => data.energy[hour]!);
  const price = hours.map((hour) => data.price[hour]!);
  const peakNow = Math.max(...load);
  const ceiling = peakNow * (1 + given.headroom);
  const days = Map.groupBy(hours.keys(), (at) => Math.floor(data.start[hours[at]!]! / 86_400_000));
  // Variables: moved away from and moved to each hour, and the peak.
  const n = hours.length;
  const bounds = load.flatMap((value) => [
    { low: 0, high: Math.max(0, given.shiftable * value) },
    { low: 0, high: Math.max(0, ceiling - value) },
  ]);
  const solution = await solveLinear({
    cost: [...price.flatMap((value) => [-value, value]), demandPrice],
    bounds: [...bounds, { low: 0, high: ceiling }],
    rows: [
      ...[...days.values()].map((day) => ({
        entries: day.flatMap((at) => [[2 * at, -1] as const, [2 * at + 1, 1] as const]),
        equals: 0,
      })),
      ...load.map((value, at) => ({
        entries: [[2 * at, -1] as const, [2 * at + 1, 1] as const, [2 * n, -1] as const],
        atMost: -value,
      })),
    ],
  });
  const moved = load.map((value, at) => value - solution[2 * at]! + solution[2 * at + 1]!);
  const bill = (values: readonly number[]) =>
    values.reduce((sum, value, at) => sum + value * price[at]!, 0) + demandPrice * Math.max(...values);
  return { load: moved, saved: bill(load) - bill(moved), peakNow, peakAdvised: Math.max(...moved) };
}
