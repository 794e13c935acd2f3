import { z } from 'zod';
import { percentile } from '../../analysis/percentile.ts';
import type { AdviceKind } from '../kind.ts';
import { idleHours, typicalWeek, yearly } from '../weekly.ts';

const settings = z.strictObject({
  /** Part of the leaks that a repair round closes. */
  repairable: z.number().min(0.05).max(1).default(0.6),
});

/** What compressors deliver while nothing is made is leaks: they run day and night. */
export const compressedAirAdvice: AdviceKind<z.output<typeof settings>> = {
  id: 'compressed-air',
  source:
    'Leak load from running without production: US DOE, Improving Compressed Air System Performance (2016), ch. 3; ISO 11011:2013',
  settings,
  needs: [],
  least: 14 * 24,
  async evaluate(data, { repairable }) {
    const idle = idleHours(data);
    const own = data.energy.filter((value, hour) => idle[hour] === 1 && Number.isFinite(value)).sort();
    const working = data.energy.filter((value, hour) => idle[hour] === 0 && Number.isFinite(value)).sort();
    if (own.length < 24 || working.length < 24) return null;
    // The quarter below: now and then somebody works at night.
    const leak = percentile(own, 25);
    if (!(leak > 0)) return null;
    const saved = data.energy.map((value) => (Number.isFinite(value) ? Math.min(value, leak) * repairable : value));
    const energy = yearly(saved, data.start);
    const cost = yearly(
      saved.map((value, hour) => value * data.price[hour]!),
      data.start,
    );
    const spread = (percentile(own, 75) - leak) / Math.max(leak, 1e-9);
    const widened = {
      ...energy,
      low: energy.low * (1 - Math.min(0.5, spread / 2)),
      high: energy.high * (1 + spread / 2),
    };
    return {
      energy: widened,
      cost: { ...cost, low: cost.low * (1 - Math.min(0.5, spread / 2)), high: cost.high * (1 + spread / 2) },
      figures: [
        { name: 'leak-power', value: leak, unit: 'kW' },
        { name: 'leak-share', value: (100 * leak) / percentile(working, 50), unit: '%' },
        { name: 'repairable', value: 100 * repairable, unit: '%' },
      ],
      picture: {
        axis: 'hour-of-week',
        now: typicalWeek(data.energy, data.hourOfWeek),
        advised: typicalWeek(
          data.energy.map((value, hour) => value - saved[hour]!),
          data.hourOfWeek,
        ),
      },
      notes: [],
    };
  },
};
