import { z } from 'zod';
import { percentile } from '../../analysis/percentile.ts';
import type { AdviceKind } from '../kind.ts';
import { idleHours, typicalWeek, yearly } from '../weekly.ts';

const settings = z.strictObject({
  /** Which of the plant's own nights is the aim: 10 is the one that only 10 % stay below. */
  aim: z.number().min(1).max(50).default(10),
});

/** What runs while nothing is made, against the plant's own best nights. */
export const baseLoadAdvice: AdviceKind<z.output<typeof settings>> = {
  id: 'base-load',
  source:
    'Idle load against its own lower decile: Price, Methods for Analyzing Electric Load Shape and its Variability, LBNL-3713E (2010); ISO 50006:2023, 5.4 (base load)',
  settings,
  needs: [],
  least: 28 * 24,
  async evaluate(data, { aim }) {
    const idle = idleHours(data);
    const own = data.energy.filter((value, hour) => idle[hour] === 1 && Number.isFinite(value)).sort();
    if (own.length < 48) return null;
    const level = percentile(own, aim);
    const median = percentile(own, 50);
    const above = data.energy.map((value, hour) => (idle[hour] === 1 ? Math.max(0, value - level) : value * 0));
    const energy = yearly(above, data.start);
    const cost = yearly(
      above.map((value, hour) => value * data.price[hour]!),
      data.start,
    );
    if (!(energy.value > 0)) return null;
    const advised = data.energy.map((value, hour) => (idle[hour] === 1 ? Math.min(value, level) : value));
    return {
      ...{ energy, cost, notes: [] },
      figures: [
        { name: 'idle-hours', value: (100 * own.length) / data.energy.filter(Number.isFinite).length, unit: '%' },
        { name: 'idle-median', value: median, unit: 'kW' },
        { name: 'idle-aim', value: level, unit: 'kW' },
      ],
      picture: {
        axis: 'hour-of-week',
        now: typicalWeek(data.energy, data.hourOfWeek),
        advised: typicalWeek(advised, data.hourOfWeek),
      },
    };
  },
};
