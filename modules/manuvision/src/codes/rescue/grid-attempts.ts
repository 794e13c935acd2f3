import type { Plane, Point } from '@millwright/imaging';
import type { Attempt, CodeRead, Spent } from '../code-read.ts';
import { type CleanCode, decodeGrid } from '../grid/decode-grid.ts';
import { edgeRatio } from '../grid/edge-ratio.ts';
import { findQuads, type QuadGuess } from '../grid/find-quads.ts';
import { type GridOptions, type ReadGrid, readGrids } from '../grid/read-grids.ts';
import type { WorkArea } from '../work-area.ts';

/** What fitting a quad costs in the budget's milliseconds; measured on one core of a usual machine. */
const quadCost = 90;
/** Where edges are so much stronger in one direction there are bars, and no grid. */
const mostRatio = 6;
const quietModules = 4;
const pixels = 3;

/** Fits grids to where codes may be, puts their modules right, and draws what came out as a clean code for the decoder to read. */
export function* gridAttempts(
  { plane, toPicture, steps }: WorkArea,
  guesses: readonly QuadGuess[],
  options: GridOptions,
  keep: (grid: ReadGrid) => void,
): Generator<Attempt | Spent> {
  for (const quad of [...guesses, ...findQuads(plane, 8)]) {
    const ratio = edgeRatio(plane, quad) ?? 0;
    if (ratio > mostRatio || ratio < 1 / mostRatio) continue;
    yield { spent: quadCost * (options.arcs.length > 0 ? 2 : 1) };
    for (const grid of readGrids(plane, quad, options)) {
      const corners = grid.corners.map(({ x, y }) => toPicture(x, y));
      const placed = { ...grid, corners, steps: [...steps, ...grid.steps] };
      keep(placed);
      yield* cleanAttempts(placed);
    }
  }
}

/** The corners are in pixels of the picture that was given. */
export function* cleanAttempts(grid: ReadGrid): Generator<Attempt> {
  for (const clean of decodeGrid(grid.modules))
    yield {
      ...{ plane: drawn(clean), toPicture: (x, y) => ({ x, y }), corners: roundedCorners(grid.corners), cost: 1 },
      steps: [...grid.steps, ...(clean.erased > 0 ? [`erase ${clean.erased} code words`] : []), 'correct', 'redraw'],
      options: { isPure: true, formats: [clean.layout.format] },
      mostConfidence: Math.round((0.5 + 0.4 * clean.unused) * 100) / 100,
    };
}

export const roundedCorners = (corners: readonly Point[]): CodeRead['corners'] =>
  corners.map(({ x, y }) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10] as const);

function drawn({ layout: { size }, dark }: CleanCode): Plane {
  const width = (size + quietModules * 2) * pixels;
  const data = new Float32Array(width * width).fill(1);
  for (let y = 0; y < size * pixels; y++)
    for (let x = 0; x < size * pixels; x++)
      if (dark[Math.floor(y / pixels) * size + Math.floor(x / pixels)])
        data[(y + quietModules * pixels) * width + x + quietModules * pixels] = 0;
  return { width, height: width, data };
}
