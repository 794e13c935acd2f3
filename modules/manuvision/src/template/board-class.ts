import { close, connectedComponents, dilate } from '@millwright/imaging';
import type { OffRegion } from './find-regions.ts';

/** What a defect does to the conductors of a board. */
export const boardClasses = ['open', 'short', 'mousebite', 'spur', 'copper', 'pin-hole'] as const;
export type BoardClass = (typeof boardClasses)[number];

/** How far around a region its surroundings count. */
const band = 8;
/** How far from a region another part touches it. */
const touch = 2;
/** Pixels: what is smaller is a speck and no part. */
const smallestPart = 12;

/**
 * How many parts of its own substance a region joins: copper where it adds copper, ground where it takes copper away. Both sides
 * of a board are alike: 0 is an island (spurious copper; pin-hole), 1 hangs at an edge (spur; mousebite), 2 or more join what was
 * apart (short; and an open, which joins the ground on both sides of a conductor). Parts count within a band around the region,
 * so that two that meet far away are still two.
 *
 * @param substance whether both template and picture have the region's substance at a place
 */
export function joinedParts(
  region: OffRegion,
  substance: (at: number) => boolean,
  width: number,
  height: number,
): number {
  const left = Math.max(0, region.x - band);
  const top = Math.max(0, region.y - band);
  const across = Math.min(width, region.x + region.width + band) - left;
  const down = Math.min(height, region.y + region.height + band) - top;
  const ragged = new Uint8Array(across * down);
  for (const at of region.pixels) {
    const x = at % width;
    ragged[((at - x) / width - top) * across + x - left] = 1;
  }
  const own = close(ragged, across, down, 2);
  const around = dilate(own, across, down, band);
  const rest = new Uint8Array(own.length);
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++) {
      const at = y * across + x;
      if (around[at] && !own[at] && substance((y + top) * width + x + left)) rest[at] = 1;
    }
  const { labels, components } = connectedComponents(rest, across, down, 4);
  const near = dilate(own, across, down, touch);
  const touched = new Set<number>();
  for (let at = 0; at < near.length; at++) if (near[at] && labels[at]) touched.add(labels[at]!);
  return [...touched].filter((label) => components[label - 1]!.area >= smallestPart).length;
}

export function boardClass(addsCopper: boolean, parts: number): BoardClass {
  if (addsCopper) return parts === 0 ? 'copper' : parts === 1 ? 'spur' : 'short';
  return parts === 0 ? 'pin-hole' : parts === 1 ? 'mousebite' : 'open';
}
