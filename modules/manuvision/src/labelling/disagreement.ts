import type { DrawnRegion } from './region.ts';
import { regionOverlap } from './region-overlap.ts';

/** From this share on two people marked the same place. The usual limit of detection (PASCAL VOC, 2010). */
export const agreedOverlap = 0.5;

export interface PersonsWord {
  readonly actorId: string;
  readonly label: 'good' | 'defect';
  readonly class: string | null;
  readonly regions: readonly DrawnRegion[];
}

export interface Disagreement {
  readonly about: 'label' | 'class' | 'regions';
  /** Of the two who agree least about the place; null where it is not about places. */
  readonly iou: number | null;
  /** Ids of those whose words differ. */
  readonly people: readonly string[];
}

/**
 * What the words of people on one picture differ in, the coarsest first: good or defect, which class, where. Who named a defect and drew
 * nothing says nothing about where it is.
 */
export function disagreementOf(
  words: readonly PersonsWord[],
  size: { readonly width: number; readonly height: number },
): Disagreement | null {
  const people = words.map(({ actorId }) => actorId);
  if (new Set(words.map(({ label }) => label)).size > 1) return { about: 'label', iou: null, people };
  const drawn = words.filter(({ regions }) => regions.length > 0);
  const differ = (named: readonly string[]) => new Set(named).size > 1;
  if (differ(words.map((word) => word.class ?? '')) || differ(drawn.map(classesIn)))
    return { about: 'class', iou: null, people };
  let [iou, pair]: [number, string[]] = [1, []];
  for (const [at, one] of drawn.entries())
    for (const other of drawn.slice(at + 1)) {
      const overlap = regionOverlap(one.regions, other.regions, size);
      if (overlap < iou) [iou, pair] = [overlap, [one.actorId, other.actorId]];
    }
  return iou < agreedOverlap ? { about: 'regions', iou, people: pair } : null;
}

const classesIn = ({ regions }: PersonsWord): string =>
  JSON.stringify([...new Set(regions.map((region) => region.class))].sort());
