import { z } from 'zod';
import { anchorInPicture, anchorPoint } from '../../geometry/anchor.ts';
import { distanceToSegment } from '../../geometry/point.ts';
import { isInside } from '../../geometry/polygon.ts';
import type { Observation, TrackedObject } from '../../observation.ts';
import { commonFields, dwell, toPoints, zoneSchema } from '../common-settings.ts';
import { findingOf } from '../finding.ts';
import { Motion, type Speed } from '../motion.ts';
import { type Counts, type Finding, type Rule, ruleKind, type Scene } from '../rule.ts';
import { TrackMemory } from '../track-memory.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('near-moving-vehicle'),
  ...commonFields,
  classes: commonFields.classes.default(['person']),
  vehicles: z
    .array(z.string().min(1).max(64))
    .min(1)
    .max(100)
    .default(['car', 'truck', 'bus', 'motorcycle', 'forklift']),
  severity: commonFields.severity.default('alarm'),
  zone: zoneSchema.optional().describe('Where the person must be; left out: anywhere'),
  dwell: dwell(0.3),
  bodyHeights: z
    .number()
    .gt(0)
    .max(20)
    .default(1)
    .describe('Closer than this is too close, where the picture is not calibrated'),
  metres: z.number().gt(0).max(50).optional().describe('Used instead; needs the calibration'),
  moving: z
    .number()
    .gt(0)
    .max(50)
    .default(0.2)
    .describe('A vehicle moves from this on, in heights of its box a second'),
});
type Settings = z.output<typeof settingsSchema>;

interface Near {
  readonly since: number;
  last: number;
  /** Vehicles that it was told of. */
  readonly told: Set<number>;
}

/** One who is close for a moment, then not, then again, is one event. */
const flickerMs = 2_000;
/** Who stands in the box of a vehicle and moves as it does, but for this part of its speed, drives or rides it. */
const ridingShare = 0.4;

export const nearMovingVehicle = ruleKind<Settings>({
  kind: 'near-moving-vehicle',
  summary: 'People too close to a vehicle that moves.',
  schema: settingsSchema,
  needsGround: ({ metres }) => metres !== undefined,
  labels: ({ classes, vehicles }) => [...(classes ?? []), ...vehicles],
  example: { id: 'forklift-distance', kind: 'near-moving-vehicle' },
  start: (settings, scene) => new NearMovingVehicleRule(settings, scene),
});

class NearMovingVehicleRule implements Rule {
  readonly #settings: Settings;
  readonly #scene: Scene;
  readonly #motions = new TrackMemory<Motion>();
  readonly #near = new TrackMemory<Near>();
  #events = 0;

  constructor(settings: Settings, scene: Scene) {
    this.#settings = settings;
    this.#scene = scene;
  }

  observe(observation: Observation): Finding[] {
    this.#motions.age(observation);
    this.#near.age(observation);
    const { vehicles, classes, moving: least } = this.#settings;
    const isVehicle = new Set(vehicles);
    const isPerson = new Set(classes);
    for (const object of observation.objects) this.#follow(object, observation);
    const moving = observation.objects.filter(
      ({ label, track }) => isVehicle.has(label) && (this.#speedOf(track)?.heightsPerSecond ?? 0) >= least,
    );
    return observation.objects
      .filter(({ label }) => isPerson.has(label) && !isVehicle.has(label))
      .flatMap((person) =>
        this.#look(
          person,
          moving.filter((vehicle) => !this.#mayRide(person, vehicle)),
          observation,
        ),
      );
  }

  finish(): Finding[] {
    this.#motions.clear();
    this.#near.clear();
    return [];
  }

  counts(): Counts {
    return { tooClose: this.#events };
  }

  countAnew(): void {
    this.#events = 0;
  }

  remembered(): number {
    return this.#motions.size + this.#near.size;
  }

  #follow(object: TrackedObject, observation: Observation): void {
    const motion = this.#motions.get(object.track) ?? new Motion(1_000);
    this.#motions.set(object.track, motion, observation.time);
    motion.add(object, observation, undefined);
  }

  #speedOf(track: number): Speed | undefined {
    return this.#motions.get(track)?.speed();
  }

  /** Drivers and riders are no danger to themselves. While nobody knows how a person in the box moves, it may be one. */
  #mayRide({ track, box }: TrackedObject, vehicle: TrackedObject): boolean {
    const foot = anchorPoint(box, 'foot');
    const { x, y, width, height } = vehicle.box;
    if (foot.x < x || foot.x > x + width || foot.y < y || foot.y > y + height) return false;
    const [own, its] = [this.#speedOf(track)?.velocity, this.#speedOf(vehicle.track)?.velocity];
    if (!own || !its) return true;
    return Math.hypot(own.x - its.x, own.y - its.y) <= ridingShare * Math.hypot(its.x, its.y);
  }

  #look(person: TrackedObject, moving: readonly TrackedObject[], observation: Observation): Finding[] {
    const { time: at } = observation;
    const { zone, dwell, anchor } = this.#settings;
    const position = anchorInPicture(person.box, anchor, observation);
    if (zone && !isInside(position, toPoints(zone))) return [];
    let [closest, least]: [TrackedObject | undefined, number] = [undefined, this.#reach()];
    for (const vehicle of moving) {
      const distance = this.#distance(person, vehicle, observation);
      if (distance !== undefined && distance <= least) [closest, least] = [vehicle, distance];
    }
    if (!closest) return [];
    let near = this.#near.get(person.track);
    if (!near || at - near.last > flickerMs) near = { since: at, last: at, told: new Set() };
    near.last = at;
    this.#near.set(person.track, near, at);
    if (near.told.has(closest.track) || at - near.since < dwell * 1000) return [];
    near.told.add(closest.track);
    this.#events += 1;
    const values: Record<string, number> =
      this.#settings.metres === undefined ? { bodyHeights: least } : { metres: least };
    return [findingOf({ at, since: near.since, object: person, position, others: [closest.track], values })];
  }

  #reach(): number {
    return this.#settings.metres ?? this.#settings.bodyHeights;
  }

  /** From the person's foot to the lower edge of the vehicle, where both stand on the ground. */
  #distance(person: TrackedObject, { box }: TrackedObject, { width, height }: Observation): number | undefined {
    const foot = anchorPoint(person.box, 'foot');
    const [left, right] = [box.x, box.x + box.width].map((x) => ({ x, y: box.y + box.height })) as [
      typeof foot,
      typeof foot,
    ];
    if (this.#settings.metres === undefined) return distanceToSegment(foot, left, right) / person.box.height;
    const onGround = [foot, left, right].map(({ x, y }) => this.#scene.ground?.({ x: x / width, y: y / height }));
    const [a, b, c] = onGround;
    return a && b && c ? distanceToSegment(a, b, c) : undefined;
  }
}
