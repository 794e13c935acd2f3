import type { ReadGrid } from './read-grids.ts';

/** A grid, and the number of the picture that it was seen in. */
export interface FrameGrid extends ReadGrid {
  readonly frame: number;
}

/**
 * Grids of the same code from several pictures, as one: the modules need no registration, since each grid names them. The better
 * a grid fitted, the more it counts. Only sizes that were seen in two pictures or more; the best of them first.
 */
export function combineFrames(grids: readonly FrameGrid[]): ReadGrid[] {
  const bySize = new Map<string, Map<number, FrameGrid>>();
  for (const grid of grids) {
    const { format, size } = grid.modules.layout;
    const key = `${format} ${size}`;
    const frames = bySize.get(key) ?? new Map<number, FrameGrid>();
    bySize.set(key, frames);
    const other = frames.get(grid.frame);
    if (!other || other.score < grid.score) frames.set(grid.frame, grid);
  }
  const combined: ReadGrid[] = [];
  for (const frames of bySize.values()) {
    if (frames.size < 2) continue;
    const [first, ...others] = [...frames.values()].sort((a, b) => b.score - a.score) as [FrameGrid, ...FrameGrid[]];
    const soft = new Float32Array(first.modules.soft.length);
    let weights = 0;
    for (const grid of [first, ...others]) {
      const weight = grid.score ** 2;
      weights += weight;
      for (let at = 0; at < soft.length; at++) soft[at]! += grid.modules.soft[at]! * weight;
    }
    combined.push({
      modules: { layout: first.modules.layout, soft: soft.map((value) => value / weights) },
      ...{ score: first.score, corners: first.corners },
      steps: [...first.steps, `combine ${frames.size} pictures`],
    });
  }
  return combined.sort((a, b) => b.score - a.score);
}
