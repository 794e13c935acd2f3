import type { Observation } from '../../observation.ts';
import { type Selection, selected } from './selection.ts';

export interface TrackHeatMap {
  readonly columns: number;
  readonly rows: number;
  /** Seconds for which things stood in each cell, row by row from the top left. */
  readonly seconds: readonly number[];
}

/** Between two observations farther apart nothing is known. */
const mostMs = 1_000;

/** Where things were, and for how long, in a grid over the picture. */
export function trackHeatMap(
  observations: Iterable<Observation>,
  { columns, rows, ...selection }: Selection & { readonly columns: number; readonly rows: number },
): TrackHeatMap {
  const seconds = new Array<number>(columns * rows).fill(0);
  let before: { time: number; cells: number[] } | undefined;
  for (const { time, objects } of selected(observations, selection)) {
    // A thing stood where it was seen until the next observation.
    if (before && time > before.time && time - before.time <= mostMs)
      for (const cell of before.cells) seconds[cell]! += (time - before.time) / 1000;
    const cells = objects
      .filter(({ place: { x, y } }) => x >= 0 && x <= 1 && y >= 0 && y <= 1)
      .map(
        ({ place: { x, y } }) =>
          Math.min(rows - 1, Math.floor(y * rows)) * columns + Math.min(columns - 1, Math.floor(x * columns)),
      );
    before = { time, cells };
  }
  return { columns, rows, seconds };
}
