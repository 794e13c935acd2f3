import { distanceToSegment } from '../../geometry/point.ts';
import type { Observation } from '../../observation.ts';
import type { Placed } from '../../rules/rule.ts';
import { type Selection, selected } from './selection.ts';

export interface TrackPath {
  readonly track: number;
  readonly label: string;
  readonly points: readonly Placed[];
}

/**
 * The way of each track with as few points as keep it within `tolerance` (a part of the picture, 0.005 unless said
 * otherwise), by Douglas and Peucker (1973). In order of first sight.
 */
export function trackPaths(
  observations: Iterable<Observation>,
  { tolerance = 0.005, ...selection }: Selection & { readonly tolerance?: number } = {},
): TrackPath[] {
  const ways = new Map<number, { label: string; points: Placed[] }>();
  for (const { time, objects } of selected(observations, selection))
    for (const { object, place } of objects) {
      const way = ways.get(object.track) ?? { label: '', points: [] };
      ways.set(object.track, way);
      way.label = object.label;
      way.points.push({ ...place, time });
    }
  return [...ways].map(([track, { label, points }]) => ({ track, label, points: simplified(points, tolerance) }));
}

function simplified(points: readonly Placed[], tolerance: number): Placed[] {
  const kept = new Set([0, points.length - 1]);
  // A stack instead of recursion: a way may have a hundred thousand points.
  const open: [number, number][] = [[0, points.length - 1]];
  for (let part = open.pop(); part; part = open.pop()) {
    const [from, to] = part;
    let [farthest, most] = [-1, tolerance];
    for (let index = from + 1; index < to; index++) {
      const off = distanceToSegment(points[index]!, points[from]!, points[to]!);
      if (off > most) [farthest, most] = [index, off];
    }
    if (farthest < 0) continue;
    kept.add(farthest);
    open.push([from, farthest], [farthest, to]);
  }
  return points.filter((_, index) => kept.has(index));
}
