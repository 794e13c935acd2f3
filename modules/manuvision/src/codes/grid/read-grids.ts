import type { Plane, Point } from '@millwright/imaging';
import { type Canonical, canonical, margin, side } from './canonical.ts';
import { dataMatrixLayout, dataMatrixSizes } from './data-matrix-layout.ts';
import type { SoftModules } from './decode-grid.ts';
import type { QuadGuess } from './find-quads.ts';
import { fitGrid, type GridFit, scoreAt } from './fit-grid.ts';
import { flatPlace, mapOne } from './grid-map.ts';
import type { Layout } from './layout.ts';
import { largestVersion, qrLayout } from './qr-layout.ts';
import { softModules } from './soft-modules.ts';
import { blurredTemplate, fixedTemplate } from './template.ts';

/** A grid of modules that was found in a picture. */
export interface ReadGrid {
  readonly modules: SoftModules;
  /** How well what is always the same was seen there, 0 to 1. */
  readonly score: number;
  /** In pixels of the plane that was given, from the code's own top left clockwise. */
  readonly corners: readonly Point[];
  readonly steps: readonly string[];
}

export interface GridOptions {
  readonly qr: boolean;
  readonly dataMatrix: boolean;
  /** Light modules on a dark ground. */
  readonly inverted: boolean;
  /** Half arcs that are tried where the code does not lie flat, in radians. */
  readonly arcs: readonly number[];
}

interface Candidate {
  readonly layout: Layout;
  readonly fit: GridFit;
}

/** Grids that lie at a guessed quad: every size and turn is compared, the likeliest are fitted, and those are read. */
export function* readGrids(picture: Plane, quad: QuadGuess, options: GridOptions): Generator<ReadGrid> {
  const seen = canonical(
    options.inverted ? { ...picture, data: picture.data.map((value) => 1 - value) } : picture,
    quad,
  );
  if (!seen) return;
  const coarse = likeliest(seen, options)
    .map((candidate) => fitCoarse(seen, candidate))
    .sort((a, b) => b.fit.score - a.fit.score)
    .slice(0, 5);
  for (const candidate of coarse) {
    const { layout, fit } = fitFine(seen, candidate);
    if (fit.score < leastScore) continue;
    const modules = softModules(seen.blurred((side / layout.size) * 0.2), layout, fit);
    const corners = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ].map(([u, v]) => seen.toPicture(mapOne(fit.place, fit.bentAlong, u!, v!)));
    const unrolled = fit.place[8]! > 0.05;
    const steps = [
      ...(options.inverted ? ['invert'] : []),
      'fit grid',
      ...(unrolled ? ['unroll'] : []),
      'equalise modules',
    ];
    yield { modules, score: fit.score, corners, steps };
  }
}

/** Of the correlation with what is always the same; below it there is hardly a code. */
const leastScore = 0.35;

/** Out of focus by this many modules, finder patterns are found from some modules away. */
const coarseBlur = 0.9;
const growths = [0.9, 1, 1.12];

function likeliest(seen: Canonical, { qr, dataMatrix, arcs }: GridOptions): Candidate[] {
  const layouts = [
    ...(qr ? Array.from({ length: largestVersion }, (_, at) => qrLayout(at + 1)) : []),
    ...(dataMatrix ? dataMatrixSizes.map(dataMatrixLayout) : []),
  ];
  const best: { layout: Layout; fit: GridFit }[] = [];
  for (const layout of layouts) {
    const plane = seen.blurred((coarseBlur * side) / layout.size);
    const template = blurredTemplate(layout, coarseBlur);
    for (let turn = 0; turn < 4; turn++) {
      let top: GridFit | undefined;
      for (const growth of growths)
        for (const arc of [0, ...arcs])
          for (const bentAlong of arc === 0 ? (['x'] as const) : (['x', 'y'] as const)) {
            const place = flatPlace(turned(growth, turn));
            place[8] = arc;
            const score = scoreAt(plane, template, place, bentAlong);
            if (score > (top?.score ?? -1)) top = { place, bentAlong, score };
          }
      if (top) best.push({ layout, fit: top });
    }
  }
  return best.sort((a, b) => b.fit.score - a.fit.score).slice(0, 14);
}

/** The guessed square, grown about its middle, its corners named from another one on. */
function turned(growth: number, turn: number): Point[] {
  const [low, high] = [margin + (side / 2) * (1 - growth), margin + (side / 2) * (1 + growth)];
  const corners = [
    { x: low, y: low },
    { x: high, y: low },
    { x: high, y: high },
    { x: low, y: high },
  ];
  return corners.map((_, at) => corners[(at + turn) % 4]!);
}

function fitCoarse(seen: Canonical, { layout, fit }: Candidate): Candidate {
  const pixels = side / layout.size;
  const bend = fit.place[8]! > 0;
  const plane = seen.blurred(coarseBlur * pixels);
  const steps = [1.5 * pixels, 0.7 * pixels];
  return { layout, fit: fitGrid(plane, blurredTemplate(layout, coarseBlur), fit, { steps, bend }) };
}

function fitFine(seen: Canonical, { layout, fit }: Candidate): Candidate {
  const pixels = side / layout.size;
  const bend = fit.place[8]! > 0;
  const between = fitGrid(seen.blurred(0.6 * pixels), blurredTemplate(layout, 0.6), fit, {
    ...{ steps: [0.7 * pixels, 0.35 * pixels], bend },
  });
  const fine = fitGrid(seen.blurred(0.25 * pixels), fixedTemplate(layout), between, {
    ...{ steps: [0.3 * pixels, 0.15 * pixels, 0.07 * pixels], bend },
  });
  return { layout, fit: fine };
}
