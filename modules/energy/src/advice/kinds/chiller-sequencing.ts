import { regression } from '@millwright/orion';
import { z } from 'zod';
import type { AdviceKind } from '../kind.ts';
import { typicalWeek, yearly } from '../weekly.ts';

const chiller = z.strictObject({
  name: z.string().min(1),
  /** Of cold. */
  capacitykW: z.number().positive(),
  /** Part load (0 to 1) and coefficient of performance there, from the maker or a test. */
  curve: z
    .array(z.tuple([z.number().min(0.05).max(1), z.number().positive()]))
    .min(3)
    .max(50),
  least: z.number().min(0.05).max(0.9).default(0.2),
});
const settings = z.strictObject({ chillers: z.array(chiller).min(2).max(6) });
type Chiller = z.output<typeof chiller>;

interface Fitted extends Chiller {
  /** kW of electricity at part load x: capacity (a + b x + c x²), c not negative. */
  readonly power: (partLoad: number) => number;
}

/** Which chillers to run, and how far, for each hour's cold: all sets are tried and each set is loaded at equal marginal power. */
export const chillerSequencingAdvice: AdviceKind<z.output<typeof settings>> = {
  id: 'chiller-sequencing',
  source:
    'Optimal chiller loading with quadratic power curves (Chang, A novel energy conservation method: optimal chiller loading, Electric Power Systems Research 2004) over all sets; AHRI 551/591 part-load ratings',
  settings,
  needs: ['cooling'],
  least: 14 * 24,
  async evaluate(data, given) {
    const chillers = given.chillers.map(fitted);
    const sets = Array.from({ length: 2 ** chillers.length - 1 }, (_, at) =>
      chillers.filter((_, bit) => ((at + 1) >> bit) & 1),
    );
    const cold = data.cooling!;
    let [beyond, hours] = [0, 0];
    const advised = data.energy.map((kW, hour) => {
      const load = cold[hour]!;
      if (!Number.isFinite(kW) || !Number.isFinite(load)) return Number.NaN;
      if (load <= 0) return kW;
      hours++;
      const least = Math.min(...sets.map((set) => leastPower(set, load)));
      if (least === Number.POSITIVE_INFINITY) beyond++;
      // Nothing is promised where the curves say more than is used now.
      return Math.min(kW, least);
    });
    const saved = data.energy.map((kW, hour) => kW - advised[hour]!);
    const energy = yearly(saved, data.start);
    if (!(energy.value > 0) || hours === 0) return null;
    const sum = (values: Float64Array) =>
      values.reduce((total, value) => (Number.isFinite(value) ? total + value : total), 0);
    return {
      energy,
      cost: yearly(
        saved.map((value, hour) => value * data.price[hour]!),
        data.start,
      ),
      figures: [
        { name: 'cop-now', value: sum(cold) / sum(data.energy), unit: '1' },
        { name: 'cop-advised', value: sum(cold) / sum(advised), unit: '1' },
        { name: 'hours-beyond', value: (100 * beyond) / hours, unit: '%' },
      ],
      picture: {
        axis: 'hour-of-week',
        now: typicalWeek(data.energy, data.hourOfWeek),
        advised: typicalWeek(advised, data.hourOfWeek),
      },
      notes: [],
    };
  },
};

/** Power over part load from the curve, by least squares. */
function fitted(one: Chiller): Fitted {
  const x = Float64Array.from(one.curve, ([part]) => part);
  const y = Float64Array.from(one.curve, ([part, cop]) => part / cop);
  const { coefficients } = regression([x.map(() => 1), x, x.map((part) => part ** 2)], y);
  const [a, b, c] = coefficients;
  return { ...one, power: (part) => one.capacitykW * (a! + b! * part + c! * part ** 2) };
}

/** Least electric power of a set that gives this much cold, by shares in steps of one part in fifty moved where they cost least. */
export function leastPower(set: readonly Fitted[], load: number): number {
  const floor = set.reduce((sum, { capacitykW, least }) => sum + capacitykW * least, 0);
  const roof = set.reduce((sum, { capacitykW }) => sum + capacitykW, 0);
  if (load < floor || load > roof) return Number.POSITIVE_INFINITY;
  const parts = set.map(({ least }) => least);
  let left = load - floor;
  const step = Math.max(left / 50, 1e-6);
  while (left > 1e-9) {
    const give = Math.min(step, left);
    let [best, cost] = [-1, Number.POSITIVE_INFINITY];
    for (const [at, { capacitykW, power }] of set.entries()) {
      const next = parts[at]! + give / capacitykW;
      if (next > 1 + 1e-9) continue;
      const more = power(next) - power(parts[at]!);
      if (more < cost) [best, cost] = [at, more];
    }
    // What is left of every chiller may be less than a step.
    if (best < 0) return set.reduce((sum, { power }) => sum + power(load / roof), 0);
    parts[best]! += give / set[best]!.capacitykW;
    left -= give;
  }
  return set.reduce((sum, { power }, at) => sum + power(parts[at]!), 0);
}
