import type { Scene, SceneObject } from '../scene.ts';
import { crossed, type DrawnPoint, holds } from './plane.ts';

/** What the truth needs of a rule in a rules file of matrixvision; other fields are not looked at. */
export interface RuleForTruth {
  readonly id: string;
  readonly kind: string;
  readonly classes?: readonly string[] | undefined;
  readonly line?: readonly DrawnPoint[];
  readonly inward?: 'right' | 'left';
  readonly zone?: readonly DrawnPoint[];
  /** Seconds. */
  readonly dwell?: number;
}

export interface TrueCrossing {
  /** Of the thing in the scene. */
  readonly id: number;
  readonly direction: 'in' | 'out';
  /** Seconds from the start of the scene. */
  readonly at: number;
}

export interface TrueStay {
  readonly id: number;
  readonly from: number;
  /** The end of the scene, where the thing is still in it then. */
  readonly until: number;
}

export interface RuleTruth {
  /** Of a line. */
  readonly crossings: readonly TrueCrossing[];
  readonly in: number;
  readonly out: number;
  /** Of a zone. */
  readonly stays: readonly TrueStay[];
  /** Stays of at least the dwell time. */
  readonly entries: number;
  /** How many are in the zone from when on, in order of time. */
  readonly occupancy: readonly { readonly at: number; readonly count: number }[];
  readonly mostAtOnce: number;
}

/** Ways are followed in steps of this many seconds, whatever the frame rate. */
const step = 0.02;

/**
 * What the rules of a file ought to say of a scene, by rule (lines and zones; other kinds are left out): found from where things stand on the ground, not from the
 * pictures, and not with the product's own geometry. A stay ends when the thing leaves; who comes back begins another.
 */
export function truthOf(scene: Scene, rules: readonly RuleForTruth[]): Record<string, RuleTruth> {
  const moments: { at: number; objects: readonly SceneObject[] }[] = [];
  const { seconds } = scene.definition;
  for (let index = 0; index * step < seconds; index++)
    moments.push({ at: index * step, objects: scene.objectsAt(index * step) });
  return Object.fromEntries(
    rules.filter(isKnown).map((rule) => {
      const places = moments.map(({ at, objects }) => ({ at, places: placesOf(scene, rule, objects) }));
      const crossings = rule.line ? crossingsOf(places, rule.line, rule.inward ?? 'right') : [];
      const stays = rule.line ? [] : staysOf(places, rule.zone, seconds);
      const occupancy = occupancyOf(stays, seconds);
      return [
        rule.id,
        {
          crossings,
          in: crossings.filter(({ direction }) => direction === 'in').length,
          out: crossings.filter(({ direction }) => direction === 'out').length,
          stays,
          entries: stays.filter(({ from, until }) => until - from >= (rule.dwell ?? 0)).length,
          occupancy,
          mostAtOnce: Math.max(0, ...occupancy.map(({ count }) => count)),
        } satisfies RuleTruth,
      ];
    }),
  );
}

const zoneKinds = ['zone-entry', 'loitering', 'occupancy'];

/** Rules whose truth lies in where things stand; of others nothing is said. */
const isKnown = ({ kind }: RuleForTruth): boolean => kind === 'line-crossing' || zoneKinds.includes(kind);

interface Places {
  readonly at: number;
  readonly places: ReadonlyMap<number, DrawnPoint>;
}

function placesOf(scene: Scene, { classes }: RuleForTruth, objects: readonly SceneObject[]): Map<number, DrawnPoint> {
  const { width, height } = scene.definition;
  const wanted = objects.filter(({ kind }) => !classes || classes.includes(labelOf[kind]));
  return new Map(wanted.map(({ id, foot }) => [id, [foot.x / width, foot.y / height]]));
}

/** What a detector of the COCO classes would call it. */
const labelOf: Record<SceneObject['kind'], string> = {
  person: 'person',
  lorry: 'truck',
  forklift: 'truck',
  parcel: 'suitcase',
};

function crossingsOf(
  moments: readonly Places[],
  line: readonly DrawnPoint[],
  inward: 'right' | 'left',
): TrueCrossing[] {
  const found: TrueCrossing[] = [];
  moments.forEach(({ at, places }, index) => {
    for (const [id, to] of places) {
      const from = moments[index - 1]?.places.get(id);
      const way = from ? crossed(from, to, line) : 0;
      if (way !== 0) found.push({ id, at, direction: (way === 1) === (inward === 'right') ? 'in' : 'out' });
    }
  });
  return found;
}

function staysOf(moments: readonly Places[], zone: readonly DrawnPoint[] | undefined, end: number): TrueStay[] {
  const open = new Map<number, number>();
  const found: TrueStay[] = [];
  for (const { at, places } of moments) {
    for (const [id, place] of places) if (holds(zone, place) && !open.has(id)) open.set(id, at);
    for (const [id, from] of open) {
      const place = places.get(id);
      if (place && holds(zone, place)) continue;
      open.delete(id);
      found.push({ id, from, until: at });
    }
  }
  for (const [id, from] of open) found.push({ id, from, until: end });
  return found.sort((a, b) => a.from - b.from || a.id - b.id);
}

function occupancyOf(stays: readonly TrueStay[], end: number): { at: number; count: number }[] {
  const times = [...new Set([0, ...stays.flatMap(({ from, until }) => [from, until])])].filter((at) => at < end);
  const steps = times
    .sort((a, b) => a - b)
    .map((at) => ({ at, count: stays.filter(({ from, until }) => from <= at && at < until).length }));
  return steps.filter(({ count }, index) => index === 0 || count !== steps[index - 1]!.count);
}
