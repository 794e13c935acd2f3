import type { Point } from '../../geometry/point.ts';
import { isInside } from '../../geometry/polygon.ts';
import type { Observation } from '../../observation.ts';
import { type Selection, selected } from './selection.ts';

export interface DwellTime {
  readonly track: number;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
}

/** How long each thing was in a zone, in order of coming. Out for less than `graceSeconds` (2) it was still in. */
export function dwellTimes(
  observations: Iterable<Observation>,
  {
    zone,
    graceSeconds = 2,
    ...selection
  }: Selection & { readonly zone: readonly Point[]; readonly graceSeconds?: number },
): DwellTime[] {
  const stays: { track: number; label: string; from: number; to: number }[] = [];
  const current = new Map<number, (typeof stays)[number]>();
  for (const { time, objects } of selected(observations, selection))
    for (const { object, place } of objects) {
      if (!isInside(place, zone)) continue;
      let stay = current.get(object.track);
      if (!stay || time - stay.to > graceSeconds * 1000) {
        stay = { track: object.track, label: object.label, from: time, to: time };
        current.set(object.track, stay);
        stays.push(stay);
      }
      stay.to = time;
      stay.label = object.label;
    }
  return stays.map((stay) => ({ ...stay, seconds: (stay.to - stay.from) / 1000 }));
}
