import type { Note } from '@millwright/kernel';
import type { SiteClock } from '../analysis/site-clock.ts';
import { predictRates } from '../baselines/design.ts';
import { baselineErrors } from '../baselines/errors.ts';
import { type BaselineFrame, framePeriod, knownRows, takeFrame } from '../baselines/frame.ts';
import { frameOf, type IntervalRows } from '../baselines/interval-rows.ts';
import type { BaselineModel } from '../baselines/model.ts';
import { baselineNotes } from '../baselines/notes.ts';
import { ashraeUncertainty, batchUncertainty, type Uncertainty } from './uncertainty.ts';

/** A change that is no effect of the measure and that no driver knows: an explicit entry of someone (IPMVP 2022, 8.3). */
export interface Adjustment {
  readonly reason: string;
  /** Milliseconds since 1970, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** Added to the adjusted baseline over the whole of its period, in the unit of energy; negative where less would have been used. */
  readonly amount: number;
}

export interface SavingsRequest {
  readonly from: number;
  readonly to: number;
  /** 0 to 1; 0.9 unless said otherwise. */
  readonly confidence: number;
  readonly adjustments: readonly Adjustment[];
}

export interface Savings {
  /** What was used, over the intervals in which energy and all drivers are known. */
  readonly measured: number;
  /** What the baseline says would have been used in them, without and with non-routine adjustments. */
  readonly predicted: number;
  readonly adjustments: readonly (Adjustment & { readonly applied: number })[];
  readonly adjustedBaseline: number;
  readonly savings: number;
  /** Of the adjusted baseline. */
  readonly savingsShare: number;
  readonly confidence: number;
  readonly uncertainty: number;
  /** Of the saving; null where nothing was saved. */
  readonly fractionalUncertainty: number | null;
  readonly interval: { readonly low: number; readonly high: number };
  /** The interval does not hold 0. */
  readonly significant: boolean;
  readonly uncertainties: readonly Uncertainty[];
  readonly intervals: { readonly used: number; readonly of: number; readonly days: number };
  /** By local day, in order, ready to be drawn. */
  readonly daily: {
    readonly start: readonly number[];
    readonly measured: readonly number[];
    readonly adjusted: readonly number[];
    readonly cumulative: readonly number[];
    /** Half width of the interval of `cumulative`. */
    readonly uncertainty: readonly number[];
  };
  readonly notes: readonly Note[];
}

/**
 * Avoided energy use of a reporting period (IPMVP Option C): what the baseline predicts for its weather, calendar and drivers,
 * with non-routine adjustments, less what was measured. The interval is the wider of ASHRAE Guideline 14's and that of sums
 * in weeks which the baseline was not shown. Throws ENERGY_REPORTING_EMPTY, ENERGY_REPORTING_BEFORE_BASELINE.
 */
export function savingsOf(
  rows: IntervalRows,
  clock: SiteClock,
  model: BaselineModel,
  request: SavingsRequest,
): Savings {
  const { from, to, confidence } = request;
  if (from < model.to)
    throw baselineErrors.ENERGY_REPORTING_BEFORE_BASELINE({ from: clock.iso(from), baselineTo: clock.iso(model.to) });
  const used = driversOf(model);
  const { frame: whole, notes: frameNotes } = frameOf(
    { ...rows, drivers: rows.drivers.filter(({ name }) => used.has(name)) },
    model.step,
    clock,
  );
  const period = framePeriod(whole, from, to);
  const known = knownRows(period, true);
  if (known.length === 0) throw baselineErrors.ENERGY_REPORTING_EMPTY({ from: clock.iso(from), to: clock.iso(to) });
  const frame = takeFrame(period, known);
  const rates = predictRates(model.segments, frame);
  const predictedEnergy = rates.map((rate, row) => rate * frame.length[row]!);
  const measuredEnergy = frame.rate.map((rate, row) => rate * frame.length[row]!);
  const adjustments = request.adjustments.map((one) => ({ ...one, ...appliedTo(one, frame) }));
  const [measured, predicted] = [total(measuredEnergy), total(predictedEnergy)];
  const adjustedBaseline = predicted + adjustments.reduce((sum, { applied }) => sum + applied, 0);
  const saved = adjustedBaseline - measured;
  const days = frame.length.reduce((sum, length) => sum + (frame.step === 'hour' ? length / 24 : length), 0);
  const half = (baselineEnergy: number, intervals: number, span: number): Uncertainty[] => {
    const batch = batchUncertainty(model, span, confidence);
    const ashrae = ashraeUncertainty(model, intervals, span / 30.4375, baselineEnergy, confidence);
    return [
      { method: 'ashrae-14', absolute: ashrae },
      ...(batch === null ? [] : [{ method: 'batch-means' as const, absolute: batch }]),
    ];
  };
  const uncertainties = half(predicted, known.length, days);
  const uncertainty = Math.max(...uncertainties.map(({ absolute }) => absolute));
  const notes: Note[] = [...frameNotes, ...reportingNotes(period, known, frame, model, days)];
  for (const { reason, applied, amount } of adjustments)
    if (applied === 0 && amount !== 0) notes.push(baselineNotes['adjustment-outside']({ reason }));
  if (saved > 0) {
    const ashrae = uncertainties[0]!.absolute;
    if (uncertainty > ashrae)
      notes.push(baselineNotes['uncertainty-correlated']({ ashrae: { share: ashrae / saved } }));
    const at68 = Math.max(
      ...[
        ashraeUncertainty(model, known.length, days / 30.4375, predicted, 0.68),
        batchUncertainty(model, days, 0.68) ?? 0,
      ],
    );
    if (at68 / saved > 0.5) notes.push(baselineNotes['uncertainty-high']({ share: { share: at68 / saved } }));
  }
  return {
    ...{ measured, predicted, adjustments, adjustedBaseline, savings: saved },
    savingsShare: adjustedBaseline === 0 ? 0 : saved / adjustedBaseline,
    ...{ confidence, uncertainty, uncertainties, notes },
    fractionalUncertainty: saved > 0 ? uncertainty / saved : null,
    interval: { low: saved - uncertainty, high: saved + uncertainty },
    significant: Math.abs(saved) > uncertainty,
    intervals: { used: known.length, of: period.start.length, days },
    daily: dailySeries(frame, measuredEnergy, predictedEnergy, adjustments, clock, half),
  };
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** Names of the drivers that a model predicts from. */
export const driversOf = ({ segments }: BaselineModel): Set<string> =>
  new Set(segments.flatMap(({ terms }) => terms.drivers));

/** An adjustment is spread evenly over its period; what counts is the part that lies in intervals that are known. */
function appliedTo({ from, to, amount }: Adjustment, { start, end }: BaselineFrame): { applied: number } {
  let inside = 0;
  for (let row = 0; row < start.length; row++) inside += overlap(from, to, start[row]!, end[row]!);
  return { applied: to > from ? (amount * inside) / (to - from) : 0 };
}

const overlap = (from: number, to: number, start: number, end: number): number =>
  Math.max(0, Math.min(to, end) - Math.max(from, start));

function reportingNotes(
  period: BaselineFrame,
  known: readonly number[],
  frame: BaselineFrame,
  model: BaselineModel,
  days: number,
): Note[] {
  const notes: Note[] = [];
  const unknown = period.start.length - known.length;
  if (unknown > 0)
    notes.push(baselineNotes['reporting-unknown']({ count: unknown, share: { share: unknown / period.start.length } }));
  if (days < 360) notes.push(baselineNotes['reporting-short']({ days: Math.round(days) }));
  for (const { name, low, high } of model.ranges) {
    const values =
      name === 'temperature' ? frame.temperature : frame.drivers.find((driver) => driver.name === name)?.values;
    const room = 0.1 * (high - low);
    const outside = values?.filter((value) => value < low - room || value > high + room).length ?? 0;
    const share = outside / frame.start.length;
    const driver = name === 'temperature' ? { term: 'quantity.temperature' } : name;
    if (share > 0.01) notes.push(baselineNotes['reporting-outside']({ driver, share: { share } }));
  }
  return notes;
}

function dailySeries(
  frame: BaselineFrame,
  measured: Float64Array,
  predicted: Float64Array,
  adjustments: readonly Adjustment[],
  clock: SiteClock,
  half: (baselineEnergy: number, intervals: number, days: number) => readonly Uncertainty[],
): Savings['daily'] {
  const days = new Map<
    number,
    { start: number; measured: number; predicted: number; adjusted: number; rows: number }
  >();
  for (let row = 0; row < frame.start.length; row++) {
    const day = clock.dayOf(frame.start[row]!);
    const one = days.get(day) ?? { start: frame.start[row]!, measured: 0, predicted: 0, adjusted: 0, rows: 0 };
    let adjusted = predicted[row]!;
    for (const { from, to, amount } of adjustments)
      if (to > from) adjusted += (amount * overlap(from, to, frame.start[row]!, frame.end[row]!)) / (to - from);
    one.measured += measured[row]!;
    one.predicted += predicted[row]!;
    one.adjusted += adjusted;
    one.rows++;
    days.set(day, one);
  }
  const list = [...days.values()];
  let [cumulative, baseline, rows, span] = [0, 0, 0, 0];
  const [sums, bands]: [number[], number[]] = [[], []];
  for (const one of list) {
    cumulative += one.adjusted - one.measured;
    baseline += one.predicted;
    rows += one.rows;
    span += frame.step === 'billing' ? frame.length[0]! : one.rows / (frame.step === 'hour' ? 24 : 1);
    sums.push(cumulative);
    bands.push(Math.max(...half(baseline, rows, span).map(({ absolute }) => absolute)));
  }
  return {
    start: list.map(({ start }) => start),
    measured: list.map((one) => one.measured),
    adjusted: list.map(({ adjusted }) => adjusted),
    cumulative: sums,
    uncertainty: bands,
  };
}
