import type { Note } from '@millwright/kernel';
import { manuvisionServiceErrors } from '../service-errors.ts';
import { regionNotes } from './notes.ts';
import type { Region, Shape } from './region.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Throws MANUVISION_REGION_INVALID for the first region that cannot be meant. */
export function checkRegions(regions: readonly Region[], size: Size): void {
  const ids = new Set<string>();
  for (const { id, shape } of regions) {
    const problem = ids.has(id) ? regionNotes['same-id']() : problemOf(shape, size);
    if (problem) throw manuvisionServiceErrors.MANUVISION_REGION_INVALID({ region: id, reason: problem });
    ids.add(id);
  }
}

/** Places between pixels are rounded by those who draw. */
const tolerance = 1e-6;

function problemOf(shape: Shape, { width, height }: Size): Note | undefined {
  const outside = regionNotes.outside({ width, height });
  if (shape.kind === 'polygon') {
    if (shape.points.length % 2 === 1) return regionNotes['half-corner']();
    const leaves = shape.points.some((value, at) => value > (at % 2 === 0 ? width : height) + tolerance);
    return leaves ? outside : undefined;
  }
  if (shape.x + shape.width > width + tolerance || shape.y + shape.height > height + tolerance) return outside;
  if (shape.kind === 'box') return undefined;
  const sum = shape.runs.reduce((total, length) => total + length, 0);
  if (sum !== shape.width * shape.height)
    return regionNotes['runs-sum']({ runs: sum, box: shape.width * shape.height });
  return shape.runs.some((length, at) => at % 2 === 1 && length > 0) ? undefined : regionNotes['marks-nothing']();
}
