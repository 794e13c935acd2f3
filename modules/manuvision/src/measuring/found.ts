import type { Point } from '@millwright/imaging';

/** An edge that was found in the picture, in pixels. */
export interface FoundEdge extends Point {
  /** Deviation of its blur, the pixel's own width included. */
  readonly blur: number;
  /** Standard uncertainty across the edge, from the noise around it. */
  readonly uncertainty: number;
  /** Unit vector across it, the way it was scanned. */
  readonly across: Point;
}

/** What a tool found in the picture. */
export type Found =
  | { readonly kind: 'edge'; readonly edge: FoundEdge; readonly saturated: boolean }
  | {
      readonly kind: 'line' | 'circle';
      readonly edges: readonly FoundEdge[];
      readonly scans: number;
      readonly saturated: boolean;
    }
  | {
      readonly kind: 'caliper';
      readonly sides: readonly [readonly FoundEdge[], readonly FoundEdge[]];
      readonly scans: number;
      readonly saturated: boolean;
    }
  | { readonly kind: 'area'; readonly loops: readonly Loop[]; readonly saturated: boolean };

/** A closed line around an object (first) or around a hole in it. */
export interface Loop {
  readonly edges: readonly FoundEdge[];
  readonly hole: boolean;
}

/** All edges of what was found. */
export function edgesOf(found: Found): readonly FoundEdge[] {
  if (found.kind === 'edge') return [found.edge];
  if (found.kind === 'caliper') return found.sides.flat();
  return found.kind === 'area' ? found.loops.flatMap(({ edges }) => edges) : found.edges;
}
