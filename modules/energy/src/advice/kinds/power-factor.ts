import { z } from 'zod';
import { powerFactorAdjustment } from '../../tariff/power-factor-adjustment.ts';
import { type AdviceKind, ninety, type Ranged } from '../kind.ts';
import { adviceNotes } from '../notes.ts';

const settings = z.strictObject({
  aim: z.number().min(0.8).max(1).default(0.95),
  /** Losses in cables and transformers as part of the energy, which fall with the square of the current; 0.02 unless said. */
  lossShare: z.number().min(0).max(0.1).default(0.02),
});

/** Capacitors that lift the monthly power factor: kvar, the penalty that falls away, and losses. */
export const powerFactorAdvice: AdviceKind<z.output<typeof settings>> = {
  id: 'power-factor',
  source:
    'kvar = P (tan phi - tan phi aim), IEC 61921 and 功率因数调整电费办法 (水电财字第215号, 1983); losses by the square of the current',
  settings,
  needs: ['lagging'],
  least: 28 * 24,
  async evaluate(data, { aim, lossShare }) {
    const months: { month: string; now: number; saved: number; loss: number; kvar: number }[] = [];
    for (const month of new Set(data.month)) {
      const sums = { active: 0, lagging: 0, leading: 0, cost: 0 };
      let [hours, kvar] = [0, 0];
      for (let hour = 0; hour < data.start.length; hour++) {
        const [active, lagging] = [data.energy[hour]!, data.lagging![hour]!];
        if (data.month[hour] !== month || !Number.isFinite(active) || !Number.isFinite(lagging)) continue;
        hours++;
        sums.active += active;
        sums.lagging += lagging;
        sums.leading += data.leading?.[hour] || 0;
        sums.cost += active * data.price[hour]!;
        kvar = Math.max(kvar, lagging - active * Math.tan(Math.acos(aim)));
      }
      if (hours < 600 || !(sums.active > 0)) continue;
      const now = factor(sums.active, sums.lagging + sums.leading);
      if (now >= aim) {
        months.push({ month, now, saved: 0, loss: 0, kvar: 0 });
        continue;
      }
      const loss = sums.active * lossShare * (1 - (now / aim) ** 2);
      months.push({
        month,
        now,
        saved: penalty(data.tariff, now, aim, sums) + (loss * sums.cost) / sums.active,
        loss,
        kvar,
      });
    }
    const gain = months.reduce((sum, { saved }) => sum + saved, 0);
    if (months.length === 0 || !(gain > 0)) return null;
    return {
      energy: yearOf(months.map(({ loss }) => loss)),
      cost: yearOf(months.map(({ saved }) => saved)),
      figures: [
        { name: 'power-factor', value: months.reduce((sum, { now }) => sum + now, 0) / months.length, unit: '1' },
        { name: 'capacitors', value: Math.max(...months.map(({ kvar }) => kvar)), unit: 'kvar' },
      ],
      picture: {
        axis: 'month',
        labels: months.map(({ month }) => month),
        now: months.map(({ now }) => now),
        advised: months.map(({ now }) => Math.max(now, aim)),
      },
      notes: data.tariff?.reactive ? [] : [adviceNotes['no-reactive-price']()],
    };
  },
};

const factor = (active: number, reactive: number): number => active / Math.hypot(active, reactive);

function penalty(
  tariff: import('../../tariff/tariff.ts').Tariff | null,
  now: number,
  aim: number,
  { active, lagging, cost }: { active: number; lagging: number; cost: number },
): number {
  const rule = tariff?.reactive;
  if (!rule) return 0;
  if (rule.rule === 'cn-1983')
    return (cost * (powerFactorAdjustment(now, rule.standard) - powerFactorAdjustment(aim, rule.standard))) / 100;
  const above = (reactive: number) => Math.max(0, reactive - Number(rule.freeShare) * active);
  return (above(lagging) - above(active * Math.tan(Math.acos(aim)))) * Number(rule.pricePerkvarh);
}

function yearOf(values: readonly number[]): Ranged {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  const half = ninety * Math.sqrt(variance / values.length);
  return { value: 12 * mean, low: 12 * (mean - half), high: 12 * (mean + half) };
}
