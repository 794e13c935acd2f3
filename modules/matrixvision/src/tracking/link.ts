import { bestPairs } from './assignment.ts';
import { type BoxFilter, type BoxNoise, correct, predict, sizeOf, startFilter } from './box-filter.ts';
import type { Sighting } from './track.ts';

/** A piece of a track whose sightings surely belong together. */
export interface Tracklet {
  readonly group: string;
  readonly sightings: readonly Sighting[];
}

export interface LinkOptions {
  readonly noise: BoxNoise;
  /** Longest time hidden, in seconds. */
  readonly linkSeconds: number;
  /** How many things newly appear where one was lost, for each square of its size: the weight of not linking. */
  readonly appearing: number;
}

/**
 * Joins pieces of tracks over the times in which the thing was hidden. For each end and each later beginning the motion is
 * run forth from the one and back from the other; how far both miss each other, against how far they may by the model,
 * is the likelihood of one and the same thing (Reid 1979; tracklets as in Huang 2008). All are decided together by
 * linear assignment, so that two people who pass each other are taken as the pair that fits better as a whole.
 *
 * @returns groups of indices of tracklets, each in order of time
 */
export function linkTracklets(tracklets: readonly Tracklet[], options: LinkOptions): number[][] {
  const ends = tracklets.map(({ sightings }) => filterAlong(sightings, options.noise));
  const starts = tracklets.map(({ sightings }) => filterAlong(mirrored(sightings), options.noise));
  const gain = tracklets.map((from, row) =>
    tracklets.map((to, column) =>
      row === column || from.group !== to.group
        ? 0
        : Math.max(0, likelihoodRatio(from, to, ends[row]!, starts[column]!, options)),
    ),
  );
  const next = new Map<number, number>(bestPairs(gain));
  const joined = new Set(next.values());
  return tracklets.flatMap((_, first) => {
    if (joined.has(first)) return [];
    const chain = [first];
    for (let at = next.get(first); at !== undefined; at = next.get(at)) chain.push(at);
    return [chain];
  });
}

const mirrored = (sightings: readonly Sighting[]): Sighting[] =>
  sightings.map((sighting) => ({ ...sighting, time: -sighting.time })).reverse();

function filterAlong(sightings: readonly Sighting[], noise: BoxNoise): BoxFilter {
  // What was long before says nothing more.
  const recent = sightings.slice(-64);
  const [first, ...others] = recent;
  let filter = startFilter(first!.box, first!.time, noise);
  for (const { time, box } of others) filter = correct(predict(filter, time, noise), box, noise);
  return filter;
}

/** Logarithm of how much likelier one thing is than one that ended and another that began. */
function likelihoodRatio(
  from: Tracklet,
  to: Tracklet,
  end: BoxFilter,
  start: BoxFilter,
  { noise, linkSeconds, appearing }: LinkOptions,
): number {
  const [last, first] = [from.sightings.at(-1)!, to.sightings[0]!];
  const gap = (first.time - last.time) / 1000;
  if (gap <= 0 || gap > linkSeconds) return 0;
  const forth = predict(end, first.time, noise);
  const back = start;
  const size = (sizeOf(last.box) + sizeOf(first.box)) / 2;
  let log = -Math.log(appearing);
  for (let axis = 0; axis < 4; axis++) {
    const [a, b] = [forth.axes[axis]!, back.axes[axis]!];
    // The beginning's own velocity takes part: where it came from must be where the end went.
    const variance = (a.pp + b.pp) / size ** 2;
    const off = (a.position - b.position) / size;
    if (off ** 2 > 12 * variance) return 0;
    // Of width and height only the agreement counts: a new thing would be of about the same size as well.
    log -= off ** 2 / (2 * variance) + (axis < 2 ? Math.log(2 * Math.PI * variance) / 2 : 0);
    if (axis >= 2) continue;
    const velocities = (a.vv + b.vv) / size ** 2;
    const change = (a.velocity + b.velocity) / size;
    log -= change ** 2 / (2 * velocities) + Math.log(velocities) / 2;
  }
  return log;
}
