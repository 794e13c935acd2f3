import { orionErrors } from '../../errors.ts';
import { tableErrors } from '../errors.ts';
import { outputsOf } from '../link.ts';
import { tableNotes } from '../notes.ts';
import type { ModelFacts, TableData } from '../types.ts';
import type { ColumnBins } from './bins.ts';
import { mostTasks } from './crew.ts';
import { type GrowShape, type Loss, layoutOf, type SplitLimits } from './grow-layout.ts';
import { histogramBytes } from './wasm-loops.ts';
import { mostBytes } from './wasm-memory.ts';

/** Histograms are kept up to this; beyond it, some are counted again. */
const histogramMemory = 512e6;

export interface GrowthAsked {
  readonly learner: string;
  readonly rows: number;
  readonly facts: ModelFacts;
  readonly bins: readonly ColumnBins[];
  readonly loss: Loss;
  readonly leaves: number;
  readonly limits: SplitLimits;
  readonly weighted: boolean;
  readonly quantile?: number | null;
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
}

/** How the shared memory of a training looks. Throws ORION_DATA_UNFIT and ORION_COLUMNS_DIFFER. */
export function growShape(asked: GrowthAsked): GrowShape {
  const { facts, bins, leaves, limits, loss, learner, rows, weighted } = asked;
  const columns = bins.length;
  if (!bins.some(varies)) throw orionErrors.ORION_DATA_UNFIT({ learner, reason: tableNotes['no-columns']() });
  const blocks = Math.ceil(columns / 4);
  const slots = Math.max(3, Math.min(leaves, Math.floor(histogramMemory / (blocks * 4 * histogramBytes))));
  const shape: GrowShape = {
    ...{ rows, columns, outputs: outputsOf(facts), leaves, slots, loss, limits, weighted },
    quantile: asked.quantile ?? 0.5,
    isCategory: Uint8Array.from(bins, ({ kind }) => (kind === 'category' ? 1 : 0)),
    monotone: directions(facts, asked.monotone ?? {}),
  };
  const { bytes } = layoutOf(shape);
  if (bytes > mostBytes || blocks > mostTasks)
    throw orionErrors.ORION_DATA_UNFIT({ learner, reason: tableNotes['too-large']({ rows, columns }) });
  return shape;
}

export const varies = (bins: ColumnBins): boolean =>
  bins.kind === 'number' ? bins.edges.length > 0 : bins.bins.some((bin) => bin > 0);

function directions({ columns }: ModelFacts, monotone: Readonly<Record<string, 1 | -1>>): Int8Array {
  const found = columns.map(({ name }) => name);
  const missing = Object.keys(monotone).filter((name) => !found.includes(name));
  if (missing.length > 0) throw tableErrors.ORION_COLUMNS_DIFFER({ missing, expected: Object.keys(monotone), found });
  return Int8Array.from(columns, ({ name, kind }) => (kind === 'number' ? (monotone[name] ?? 0) : 0));
}

/** What the target is lessened and divided by, so that gradients are near 1. Throws ORION_DATA_UNFIT. */
export function targetScale(data: TableData, learner: string): { middle: number; scale: number } {
  if (data.task === 'classification') return { middle: 0, scale: 1 };
  const { target } = data;
  let mean = 0;
  for (let row = 0; row < target.length; row++) mean += target[row]! / target.length;
  let squares = 0;
  for (let row = 0; row < target.length; row++) squares += (target[row]! - mean) ** 2 / target.length;
  const scale = Math.sqrt(squares) || 1;
  if (!(Math.abs(mean) < 1e30 && scale < 1e30))
    throw orionErrors.ORION_DATA_UNFIT({ learner, reason: tableNotes['target-too-large']() });
  return { middle: mean, scale };
}
