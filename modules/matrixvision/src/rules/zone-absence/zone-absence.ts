import { z } from 'zod';
import type { Observation } from '../../observation.ts';
import { commonFields, dwell, zoneSchema } from '../common-settings.ts';
import { type Finding, type Rule, ruleKind } from '../rule.ts';
import { ZoneStays } from '../zone-stays.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('zone-absence'),
  ...commonFields,
  zone: zoneSchema.optional(),
  dwell: dwell(60),
  least: z.number().int().min(1).max(100).default(1).describe('How many must be there'),
});
type Settings = z.output<typeof settingsSchema>;

export const zoneAbsence = ruleKind<Settings>({
  kind: 'zone-absence',
  summary: 'A zone in which somebody should be and nobody is: a post that was left.',
  schema: settingsSchema,
  ofAbsence: true,
  example: {
    id: 'guard-post',
    kind: 'zone-absence',
    classes: ['person'],
    dwell: 120,
    zone: [
      [0, 0],
      [0.5, 0],
      [0.5, 1],
      [0, 1],
    ],
  },
  start: (settings) => new ZoneAbsenceRule(settings),
});

class ZoneAbsenceRule implements Rule {
  readonly #settings: Settings;
  readonly #stays: ZoneStays<null>;
  /** Since when too few are there; undefined while enough are. */
  #since: number | undefined;
  #told = false;

  constructor(settings: Settings) {
    this.#settings = settings;
    const { zone, anchor } = settings;
    this.#stays = new ZoneStays({ zone, anchor, graceMs: 2_000, begin: () => null });
  }

  observe(observation: Observation): Finding[] {
    const { time: at } = observation;
    const { least, dwell } = this.#settings;
    const there = this.#stays.observe(observation).length;
    if (there >= least) {
      this.#since = undefined;
      this.#told = false;
      return [];
    }
    this.#since ??= at;
    if (this.#told || at - this.#since < dwell * 1000) return [];
    this.#told = true;
    const values = { there, least, seconds: (at - this.#since) / 1000 };
    return [{ at, since: this.#since, tracks: [], values, doubts: [] }];
  }

  finish(): Finding[] {
    this.#stays.clear();
    this.#since = undefined;
    this.#told = false;
    return [];
  }

  remembered(): number {
    return this.#stays.size;
  }
}
