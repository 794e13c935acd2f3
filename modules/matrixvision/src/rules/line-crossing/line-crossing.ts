import { z } from 'zod';
import { anchorInPicture } from '../../geometry/anchor.ts';
import { crossingsOfStep, onGrid } from '../../geometry/crossing.ts';
import { distanceToLine, type Point } from '../../geometry/point.ts';
import type { Box, Observation, TrackedObject } from '../../observation.ts';
import { commonFields, lineSchema, toPoints } from '../common-settings.ts';
import { type Counts, type Doubt, type Finding, type Placed, type Rule, type RuleFinding, ruleKind } from '../rule.ts';
import { TrackMemory } from '../track-memory.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('line-crossing'),
  ...commonFields,
  severity: commonFields.severity.default('info'),
  cooldown: commonFields.cooldown
    .default(0)
    .describe('Seconds without a further event; every crossing is counted and kept'),
  line: lineSchema,
  inward: z
    .enum(['right', 'left'])
    .default('right')
    .describe('The side that counts as in, seen along the line from its first point to its last'),
  direction: z
    .enum(['both', 'in', 'out'])
    .default('both')
    .describe('Which crossings make events; both are counted and kept'),
  hysteresis: z
    .number()
    .min(0)
    .max(2)
    .default(0.1)
    .describe('How far from the line a thing must come before a crossing counts, in heights of its box'),
});
type Settings = z.output<typeof settingsSchema>;

interface Step {
  readonly direction: 1 | -1;
  readonly at: number;
  readonly from: Placed;
  readonly to: Placed;
  readonly doubts: readonly Doubt[];
  readonly object: TrackedObject;
}

interface Way {
  readonly born: number;
  readonly bornNear: boolean;
  last: Placed;
  /** Whether it was at the border of the picture when it was last seen. */
  atBorder: boolean;
  /** Crossings since the thing was last clear of the line. */
  open: Step[];
  /** Where it was last carried to without being seen there. */
  carried?: { readonly place: Placed; readonly object: TrackedObject };
}

/** A thing that appears this close before it crosses may have been on this side only for the tracker. */
const youngMs = 500;
const nearHeights = 0.5;
/** A box that reaches this near the border of the picture, in shares of it, is of a thing that came in or goes out there. */
const borderShare = 0.02;
/** Without being seen for longer, the way between two positions is supposed. */
const blindMs = 1_000;

export const lineCrossing = ruleKind<Settings>({
  kind: 'line-crossing',
  summary: 'Things that cross a line, with direction and counts.',
  schema: settingsSchema,
  example: {
    id: 'gate',
    kind: 'line-crossing',
    classes: ['person'],
    line: [
      [0.5, 0.1],
      [0.5, 0.9],
    ],
  },
  countsOf,
  start: (settings) => new LineCrossingRule(settings),
});

/** The name of the figure that a crossing counts for. */
const figureOf = (direction: 'in' | 'out', isConfirmed: boolean) =>
  isConfirmed ? direction : direction === 'in' ? 'unconfirmedIn' : 'unconfirmedOut';

const noCounts = { in: 0, out: 0, unconfirmedIn: 0, unconfirmedOut: 0 };

function countsOf(findings: readonly Finding[]): Counts {
  const counts = { ...noCounts };
  for (const { crossing, doubts } of findings)
    if (crossing) counts[figureOf(crossing.direction, doubts.length === 0)] += 1;
  return counts;
}

/**
 * Counts by the path of the anchor between sightings, not by the side it is on: a way round the end of the line is no
 * crossing. A crossing counts once the thing is clear of the line again, by the sum of all its crossings since it was
 * last clear: who dithers on the line and goes back is not counted, who ends on the other side is counted once.
 */
class LineCrossingRule implements Rule {
  readonly #settings: Settings;
  readonly #line: readonly Point[];
  readonly #gridLine: readonly Point[];
  readonly #ways = new TrackMemory<Way>();
  #counts = { ...noCounts };

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#line = toPoints(settings.line);
    this.#gridLine = this.#line.map(onGrid);
  }

  observe(observation: Observation): RuleFinding[] {
    const gone = this.#ways.age(observation).flatMap(([, way]) => this.#lost(way));
    return [...gone, ...observation.objects.flatMap((object) => this.#follow(object, observation))];
  }

  finish(): RuleFinding[] {
    return this.#ways.clear().flatMap(([, way]) => this.#lost(way));
  }

  counts(): Counts {
    return { ...this.#counts };
  }

  countAnew(): void {
    this.#counts = { ...noCounts };
  }

  remembered(): number {
    return this.#ways.size;
  }

  #follow(object: TrackedObject, observation: Observation): RuleFinding[] {
    const { time } = observation;
    const place = { ...anchorInPicture(object.box, this.#settings.anchor, observation), time };
    let way = this.#ways.get(object.track);
    if (!way) {
      const [first = { time, box: object.box }] = object.earlier ?? [];
      const start = { ...anchorInPicture(first.box, this.#settings.anchor, observation), time: first.time };
      const isNear = this.#distance(start, observation) < nearHeights * first.box.height;
      const bornNear = isNear && !isAtBorder(first.box, observation);
      way = { born: start.time, bornNear, last: start, atBorder: false, open: [] };
      this.#ways.set(object.track, way, time);
    }
    const findings: RuleFinding[] = [];
    for (const { time: at, box } of object.earlier ?? [])
      findings.push(
        ...this.#step(
          way,
          { ...anchorInPicture(box, this.#settings.anchor, observation), time: at },
          object,
          box,
          observation,
        ),
      );
    // Where it is carried to is a guess, which the next sighting corrects.
    if (object.state === 'carried') way.carried = { place, object };
    else findings.push(...this.#step(way, place, object, object.box, observation));
    return findings;
  }

  #step(way: Way, to: Placed, object: TrackedObject, box: Box, observation: Observation): RuleFinding[] {
    const from = way.last;
    way.carried = undefined;
    if (to.time <= from.time) return [];
    this.#cross(way, from, to, object, []);
    way.last = to;
    way.atBorder = isAtBorder(box, observation);
    const isClear = this.#distance(to, observation) >= Math.max(1, this.#settings.hysteresis * box.height);
    return isClear ? this.#decide(way, []) : [];
  }

  #cross(way: Way, from: Placed, to: Placed, object: TrackedObject, also: readonly Doubt[]): void {
    const doubts: Doubt[] = [...also];
    if (object.rejoined) doubts.push('rejoined');
    if (to.time - from.time > blindMs && !doubts.includes('carried')) doubts.push('carried');
    for (const { direction, part } of crossingsOfStep(onGrid(from), onGrid(to), this.#gridLine)) {
      const at = Math.round(from.time + (to.time - from.time) * part);
      const isYoung = way.bornNear && at - way.born < youngMs;
      way.open.push({ direction, at, from, to, object, doubts: isYoung ? [...doubts, 'born-near-line'] : doubts });
      // Whoever dithers for hours is still one entry: a pair of crossings there and back cancels out.
      const [before, last] = way.open.slice(-2);
      if (last && before && before.direction !== last.direction) way.open.splice(-2);
    }
  }

  /** All open crossings are of one direction, as pairs have cancelled out. */
  #decide(way: Way, also: readonly Doubt[]): RuleFinding[] {
    const steps = way.open;
    way.open = [];
    return steps.map((step) => this.#count(step, also));
  }

  #lost(way: Way): RuleFinding[] {
    const { carried } = way;
    if (carried) this.#cross(way, way.last, carried.place, carried.object, ['carried']);
    // Who went out of the picture is not lost.
    return this.#decide(way, way.atBorder ? [] : ['lost-near-line']);
  }

  #count({ direction, at, from, to, doubts: known, object }: Step, also: readonly Doubt[]): RuleFinding {
    const isIn = (direction === 1) === (this.#settings.inward === 'right');
    const doubts = [...known, ...also];
    const way = isIn ? 'in' : 'out';
    this.#counts[figureOf(way, doubts.length === 0)] += 1;
    const part = to.time > from.time ? (at - from.time) / (to.time - from.time) : 0;
    const position = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
    const { track, label, box } = object;
    const crossing = { direction: way, from, to } as const;
    const makesEvent = this.#settings.direction === 'both' || this.#settings.direction === way;
    const found = { at, since: from.time, tracks: [track], label, position, box, crossing, values: {}, doubts };
    return makesEvent ? found : { ...found, countedOnly: true };
  }

  #distance(place: Point, { width, height }: Observation): number {
    const inPixels = ({ x, y }: Point): Point => ({ x: x * width, y: y * height });
    return distanceToLine(inPixels(place), this.#line.map(inPixels));
  }
}

function isAtBorder({ x, y, width, height }: Box, picture: Observation): boolean {
  const [overX, overY] = [borderShare * picture.width, borderShare * picture.height];
  return x <= overX || y <= overY || x + width >= picture.width - overX || y + height >= picture.height - overY;
}
