import { z } from 'zod';
import { anchorPoint } from '../../geometry/anchor.ts';
import type { Point } from '../../geometry/point.ts';
import { areaOf } from '../../geometry/polygon.ts';
import type { Observation } from '../../observation.ts';
import { commonFields, dwell, toPoints, zoneSchema } from '../common-settings.ts';
import { ruleNotes } from '../notes.ts';
import { type Counts, type Finding, type Rule, ruleKind, type Scene } from '../rule.ts';
import { type Stay, ZoneStays } from '../zone-stays.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('occupancy'),
  ...commonFields,
  zone: zoneSchema.optional(),
  dwell: dwell(3),
  limit: z.number().int().min(0).max(10_000).optional().describe('How many may be there at most'),
  density: z.number().gt(0).max(20).optional().describe('How many a square metre of the zone; needs the calibration'),
  crowd: z
    .strictObject({
      people: z
        .number()
        .int()
        .min(2)
        .max(1000)
        .describe('So many close together are a crowd, the one in the middle included'),
      radius: z
        .number()
        .gt(0)
        .max(100)
        .default(1)
        .describe('In metres where the picture is calibrated, else in heights of the one in the middle'),
    })
    .optional(),
});
type Settings = z.output<typeof settingsSchema>;

export const occupancy = ruleKind<Settings>({
  kind: 'occupancy',
  summary: 'Too many things in a zone, or too close together.',
  schema: settingsSchema.superRefine(({ limit, density, crowd, zone }, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (limit === undefined && density === undefined && crowd === undefined)
      refuse('limit', ruleNotes['occupancy-limit']().text);
    // Most pictures reach to the horizon, beyond which there are no square metres.
    if (density !== undefined && zone === undefined) refuse('density', ruleNotes['density-zone']().text);
  }) as unknown as z.ZodType<Settings>,
  needsGround: ({ density }) => density !== undefined,
  joinCounts: (before, after) => ({ now: after.now ?? 0, most: Math.max(before.most ?? 0, after.most ?? 0) }),
  example: { id: 'canteen', kind: 'occupancy', classes: ['person'], limit: 2, dwell: 2 },
  start: (settings, scene) => new OccupancyRule(settings, scene),
});

class OccupancyRule implements Rule {
  readonly #settings: Settings;
  readonly #scene: Scene;
  readonly #stays: ZoneStays<null>;
  /** Of the zone on the ground; undefined where that cannot be said. */
  readonly #squareMetres: number | undefined;
  #since: number | undefined;
  #last = 0;
  #told = false;
  #now = 0;
  #most = 0;

  constructor(settings: Settings, scene: Scene) {
    this.#settings = settings;
    this.#scene = scene;
    const { zone, anchor } = settings;
    this.#stays = new ZoneStays({ zone, anchor, graceMs: 1_000, begin: () => null });
    const corners = zone && toPoints(zone).map((corner) => scene.ground?.(corner));
    if (corners?.every((corner) => corner !== undefined)) this.#squareMetres = areaOf(corners);
  }

  observe(observation: Observation): Finding[] {
    const { time: at } = observation;
    const stays = this.#stays.observe(observation);
    this.#now = stays.length;
    this.#most = Math.max(this.#most, stays.length);
    const values = this.#tooMany(stays, observation);
    // Who is hidden for a moment is still there.
    if (!values) {
      if (at - this.#last > 1_000) this.#over();
      return [];
    }
    this.#since ??= at;
    this.#last = at;
    if (this.#told || at - this.#since < this.#settings.dwell * 1000) return [];
    this.#told = true;
    const tracks = stays.map(({ object }) => object.track);
    const doubts = stays.some(({ object }) => object.rejoined) ? (['rejoined'] as const) : [];
    return [{ at, since: this.#since, tracks, values, doubts }];
  }

  finish(): Finding[] {
    this.#stays.clear();
    this.#over();
    return [];
  }

  counts(): Counts {
    return { now: this.#now, most: this.#most };
  }

  countAnew(): void {
    this.#most = this.#now;
  }

  remembered(): number {
    return this.#stays.size;
  }

  #over(): void {
    this.#since = undefined;
    this.#told = false;
  }

  #tooMany(stays: readonly Stay<null>[], observation: Observation): Record<string, number> | undefined {
    const { limit, density, crowd } = this.#settings;
    const there = stays.length;
    if (limit !== undefined && there > limit) return { there, limit };
    if (density !== undefined && this.#squareMetres && there / this.#squareMetres > density)
      return { there, perSquareMetre: there / this.#squareMetres };
    if (!crowd) return undefined;
    const together = this.#closest(stays, observation, crowd.radius);
    return together >= crowd.people ? { there, together } : undefined;
  }

  /** The most that stand within the radius of one of them. */
  #closest(stays: readonly Stay<null>[], { width, height }: Observation, radius: number): number {
    const places = stays.map(({ object: { box } }) => {
      const foot = anchorPoint(box, 'foot');
      const metres = this.#scene.ground?.({ x: foot.x / width, y: foot.y / height });
      return { place: metres ?? foot, reach: metres ? radius : radius * box.height, isMetres: metres !== undefined };
    });
    const apart = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
    return Math.max(
      0,
      ...places.map(
        (one) =>
          places.filter((other) => other.isMetres === one.isMetres && apart(one.place, other.place) <= one.reach)
            .length,
      ),
    );
  }
}
