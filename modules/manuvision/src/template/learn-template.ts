import { basePicture } from '../kinds/base-picture.ts';
import type { PartPicture, Work } from '../kinds/inspection.ts';
import type { HeldOutScore } from '../model-file/model-file.ts';
import { boundsOf, outsideBounds } from './compare.ts';
import { boardAllowed, type GoldenTemplate, levelOf, lookOf, templateOfOne } from './golden-template.ts';
import { offRegions } from './judge-picture.ts';
import { layKept } from './lay-kept.ts';
import { type LaidPicture, type LayTarget, rimOf } from './lay-picture.ts';
import { type TemplateSettings, usualEdge } from './template-settings.ts';

export interface LearntTemplate {
  readonly template: GoldenTemplate;
  /** Each good part judged by what the others taught; empty where there is one only. */
  readonly heldOut: readonly HeldOutScore[];
}

/** Tolerances of edges that are tried, in pixels. */
const edges = [1, 2, 3, 4];
/** Good parts by which the tolerance of edges is chosen, and by which the promise is made. */
const mostForEdge = 8;
const mostHeldOut = 100;
/** Good parts of usual spread that each place is taken to have had before any was seen. */
const priorParts = 4;
/** A picture that correlates less lies elsewhere or shows something else, and teaches nothing. */
const leastCorrelation = 0.5;

/**
 * Learns the usual value and the spread of each place from good parts that are laid on the first of them (or the one named
 * `base`), as variation models do. The spread of a place is drawn towards that of the whole picture, since a few parts say
 * little about one place. The tolerance of edges is the smallest under which each of some parts passes what the others teach.
 * One picture at a time is in memory.
 */
export async function learnTemplate(
  good: readonly PartPicture[],
  settings: TemplateSettings,
  work: Work,
): Promise<LearntTemplate> {
  const base = basePicture(good, settings.base) ?? good[0]!;
  const target = templateOfOne(await base.read(), settings, usualEdge);
  const sums = new PlaneSums(target.mean.length, target.width * target.height);
  const learnt: PartPicture[] = [];
  for (const [at, part] of good.entries()) {
    work.signal.throwIfAborted();
    work.progress((0.4 * at) / good.length, part.name);
    const laid = await layKept(target, part, 0, work.kept);
    if (part !== base && laid.placement.correlation < leastCorrelation) continue;
    sums.add(laid.planes);
    learnt.push(part);
  }
  if (learnt.length < 2) {
    const template = templateOf(target, sums, settings.edge ?? usualEdge);
    return { template, heldOut: await heldOutScores(good, target, sums, new Set(), template.edge, work) };
  }
  const edge = settings.edge ?? (await chooseEdge(spaced(learnt, mostForEdge), target, sums, work));
  const held = await heldOutScores(spaced(good, mostHeldOut), target, sums, new Set(learnt), edge, work);
  return { template: templateOf(target, sums, edge), heldOut: held };
}

/** What good parts teach; with `without`, as if that one had not been among them. */
function templateOf(target: LayTarget, sums: PlaneSums, edge: number, without?: readonly Uint8Array[]): GoldenTemplate {
  const { settings, width, height } = target;
  const { mean, spread } = sums.moments(without);
  const least = settings.classes === 'board' ? boardAllowed : settings.contrast * 255;
  const allowed = spread.map((plane) => {
    const bytes = new Uint8ClampedArray(plane.length);
    for (let at = 0; at < plane.length; at++) bytes[at] = Math.max(least, settings.deviations * plane[at]!);
    return new Uint8Array(bytes.buffer);
  });
  const look = settings.classes === 'board' ? target.look : lookOf(mean, width, height);
  const level = settings.classes === 'board' ? target.level : levelOf(look);
  return { ...target, look, level, mean, allowed, edge, threshold: 0 };
}

async function chooseEdge(
  parts: readonly PartPicture[],
  target: LayTarget,
  sums: PlaneSums,
  work: Work,
): Promise<number> {
  const failing = edges.map(() => 0);
  for (const [at, part] of parts.entries()) {
    work.signal.throwIfAborted();
    work.progress(0.4 + (0.2 * at) / parts.length, part.name);
    const laid = await layKept(target, part, rimOf({ edge: edges.at(-1)! }), work.kept);
    for (const [place, edge] of edges.entries())
      if (scoreOf(templateOf(target, sums, edge, laid.planes), laid) > 0) failing[place]!++;
  }
  return edges[failing.indexOf(Math.min(...failing))]!;
}

async function heldOutScores(
  parts: readonly PartPicture[],
  target: LayTarget,
  sums: PlaneSums,
  learnt: ReadonlySet<PartPicture>,
  edge: number,
  work: Work,
): Promise<HeldOutScore[]> {
  if (parts.length < 2) return [];
  const scores: HeldOutScore[] = [];
  for (const [at, part] of parts.entries()) {
    work.signal.throwIfAborted();
    work.progress(0.6 + (0.4 * at) / parts.length, part.name);
    const laid = await layKept(target, part, rimOf({ edge }), work.kept);
    const template = templateOf(target, sums, edge, learnt.has(part) ? laid.planes : undefined);
    scores.push({ name: part.name, score: scoreOf(template, laid) });
  }
  return scores.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const scoreOf = (template: GoldenTemplate, { planes, blind }: LaidPicture): number =>
  offRegions(template, planes, blind, outsideBounds(boundsOf(template), planes))[0]?.core ?? 0;

/** The median, of some evenly spaced: places that differ by intent, such as a serial number, do not count. */
const usualOf = (errors: Float32Array): number => {
  const step = Math.max(1, Math.floor(errors.length / 5_000));
  const some = Float32Array.from({ length: Math.ceil(errors.length / step) }, (_, at) => errors[at * step]!).sort();
  return some[some.length >> 1] ?? 0;
};

/** At most so many, evenly spaced. */
const spaced = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most ? all : Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]!);

/** Sums of values and squares of each place, so that a part can be taken out again. */
class PlaneSums {
  #parts = 0;
  readonly #sums: Uint32Array[];
  readonly #squares: Uint32Array[];

  constructor(channels: number, length: number) {
    this.#sums = Array.from({ length: channels }, () => new Uint32Array(length));
    this.#squares = Array.from({ length: channels }, () => new Uint32Array(length));
  }

  add(planes: readonly Uint8Array[]): void {
    this.#parts++;
    for (const [channel, plane] of planes.entries()) {
      const [sums, squares] = [this.#sums[channel]!, this.#squares[channel]!];
      for (let at = 0; at < plane.length; at++) {
        sums[at]! += plane[at]!;
        squares[at]! += plane[at]! ** 2;
      }
    }
  }

  /** Mean and deviation of each place, the deviation drawn towards the whole picture's. */
  moments(without?: readonly Uint8Array[]): { mean: Uint8Array[]; spread: Float32Array[] } {
    const parts = this.#parts - (without ? 1 : 0);
    const spread: Float32Array[] = [];
    const mean = this.#sums.map((sums, channel) => {
      const squares = this.#squares[channel]!;
      const out = without?.[channel];
      const values = new Uint8Array(sums.length);
      const errors = new Float32Array(sums.length);
      for (let at = 0; at < sums.length; at++) {
        const less = out ? out[at]! : 0;
        const average = (sums[at]! - less) / parts;
        values[at] = Math.round(average);
        // Sum of squared errors.
        errors[at] = Math.max(squares[at]! - less * less - parts * average * average, 0);
      }
      const freedom = parts - 1;
      const usual = freedom > 0 ? usualOf(errors) / freedom : 0;
      for (let at = 0; at < errors.length; at++)
        errors[at] = Math.sqrt((errors[at]! + priorParts * usual) / (freedom + priorParts));
      spread.push(errors);
      return values;
    });
    return { mean, spread };
  }
}
