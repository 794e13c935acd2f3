import type { Note } from '@millwright/kernel';
import type { SiteClock } from '../analysis/site-clock.ts';
import { fitBaseline } from '../baselines/fit-baseline.ts';
import type { IntervalRows } from '../baselines/interval-rows.ts';
import type { BaselineModel, Coefficient } from '../baselines/model.ts';
import { rowsFromFile } from '../baselines/rows-from-table.ts';
import { siteTime } from '../readings/site-time.ts';
import type { FileBaselineParameters } from './file-options.ts';

export interface FileBaseline {
  readonly rows: IntervalRows;
  readonly clock: SiteClock;
  readonly model: BaselineModel;
  readonly notes: readonly Note[];
}

/** Reads a file and learns the baseline of it. */
export async function baselineOfFile(
  path: string,
  { columns, method, calendar, from, until }: FileBaselineParameters,
  signal: AbortSignal,
): Promise<FileBaseline> {
  const { rows, clock, notes } = await rowsFromFile(path, columns, signal);
  const fitted = fitBaseline(rows, clock, {
    method,
    from: from === null ? Number.NEGATIVE_INFINITY : siteTime(from, columns.timezone),
    to: until === null ? Number.POSITIVE_INFINITY : siteTime(until, columns.timezone),
    ...(calendar && { options: { calendar } }),
  });
  return { rows, clock, model: fitted.model, notes: [...notes, ...fitted.notes] };
}

/** What the command line says of a baseline. */
export interface BaselineSummary {
  readonly method: BaselineModel['method'];
  readonly form: string;
  readonly step: BaselineModel['step'];
  readonly period: { readonly from: string; readonly to: string };
  /** Where one regression speaks for all; else they are by month in `model`. */
  readonly coefficients: readonly (Coefficient & { readonly month?: number })[];
  readonly balancePoints: { readonly heating: number | null; readonly cooling: number | null };
  readonly cvrmse: number;
  readonly nmbe: number;
  readonly r2: number;
  readonly r2Adjusted: number;
  readonly rmse: number;
  readonly mean: number;
  readonly observations: number;
  readonly parameters: number;
  readonly autocorrelation: number;
  readonly effectiveObservations: number;
  readonly heldOut: { readonly cvrmse: number; readonly nmbe: number } | null;
}

export function summaryOf(model: BaselineModel, clock: SiteClock): BaselineSummary {
  const { method, step, segments, statistics, heldOut } = model;
  const [first] = segments;
  return {
    ...{ method, form: first!.form, step },
    period: { from: clock.iso(model.from), to: clock.iso(model.to) },
    coefficients: segments.flatMap(({ months, coefficients }) =>
      coefficients.map((one) => (months === null ? one : { month: months[0]!, ...one })),
    ),
    balancePoints: { heating: first!.terms.heating, cooling: first!.terms.cooling },
    ...statistics,
    heldOut: heldOut && { cvrmse: heldOut.cvrmse, nmbe: heldOut.nmbe },
  };
}
