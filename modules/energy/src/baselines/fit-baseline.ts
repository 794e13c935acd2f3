import type { Note } from '@millwright/kernel';
import type { SiteClock } from '../analysis/site-clock.ts';
import { predictRates } from './design.ts';
import { baselineErrors } from './errors.ts';
import { type BaselineFrame, type BaselineStep, framePeriod, knownRows, takeFrame } from './frame.ts';
import { heldOut } from './held-out.ts';
import { frameOf, type IntervalRows, rowStep } from './interval-rows.ts';
import type { BaselineKind } from './kinds/kind.ts';
import { baselineKind, baselineKinds } from './kinds/registry.ts';
import type { BaselineMethod, BaselineModel, BaselineOptions } from './model.ts';
import { baselineNotes, baselineReasons } from './notes.ts';
import { statisticsOf } from './statistics.ts';

export interface BaselineRequest {
  readonly method: BaselineMethod | 'auto';
  /** Milliseconds since 1970; of the rows, what lies in it. */
  readonly from: number;
  readonly to: number;
  readonly options?: BaselineOptions;
  /** What the meter is read finely enough for, where the rows do not show it. */
  readonly finest?: BaselineStep;
}

export interface FittedBaselineResult {
  readonly model: BaselineModel;
  readonly notes: readonly Note[];
}

const fineOrder = { hour: 0, day: 1, billing: 2 };

/**
 * Learns a baseline from rows of readings. `auto` takes, of the methods that the rows are fine enough for, the one that misses
 * the least of daily sums in weeks that it was not shown. Throws ENERGY_BASELINE_TOO_SHORT and ENERGY_BASELINE_UNFIT.
 */
export function fitBaseline(rows: IntervalRows, clock: SiteClock, request: BaselineRequest): FittedBaselineResult {
  if (rows.start.length === 0 || !rows.energy.some(Number.isFinite))
    throw baselineErrors.ENERGY_BASELINE_UNFIT({ reason: baselineReasons['no-energy']() });
  if (request.method !== 'auto') return fitKind(baselineKind(request.method), rows, clock, request);
  const have = fineOrder[request.finest ?? rowStep(rows)];
  const usable = Object.values(baselineKinds).filter(
    ({ step, needsTemperature, id }) =>
      fineOrder[step] >= have && (!needsTemperature || rows.temperature) && (id !== 'billing' || have === 2),
  );
  let best: FittedBaselineResult | undefined;
  let failure: unknown;
  for (const kind of usable) {
    try {
      const found = fitKind(kind, rows, clock, request);
      const score = ({ model }: FittedBaselineResult) => model.heldOut?.cvrmse ?? Number.POSITIVE_INFINITY;
      if (!best || score(found) < score(best)) best = found;
    } catch (error) {
      failure = error;
    }
  }
  if (!best) throw failure;
  const { method, heldOut } = best.model;
  if (usable.length === 1 || !heldOut) return best;
  const chosen = baselineNotes['method-chosen']({
    method: { term: `baselineMethod.${method}` },
    cvrmse: { share: heldOut.cvrmse },
  });
  return { ...best, notes: [chosen, ...best.notes] };
}

function fitKind(kind: BaselineKind, rows: IntervalRows, clock: SiteClock, request: BaselineRequest) {
  if (kind.needsTemperature && !rows.temperature)
    throw baselineErrors.ENERGY_BASELINE_UNFIT({ reason: baselineReasons['no-temperature']() });
  const { frame: whole, notes: frameNotes } = frameOf(rows, kind.step, clock);
  const period = framePeriod(whole, request.from, request.to);
  const known = knownRows(period, true);
  const frame = takeFrame(period, known);
  const wanted = rows.drivers.map(({ name }) => name);
  const drivers = wanted.filter((name) => changes(frame.drivers.find((one) => one.name === name)!.values));
  const need = kind.least + drivers.length;
  if (known.length < need)
    throw baselineErrors.ENERGY_BASELINE_TOO_SHORT({ method: kind.id, have: known.length, need, step: kind.step });
  if (!changes(frame.rate)) throw baselineErrors.ENERGY_BASELINE_UNFIT({ reason: baselineReasons.constant() });
  const options = request.options ?? {};
  const learnt = kind.learn(frame, drivers, options);
  const fitted = predictRates(learnt.segments, frame);
  const follows = (row: number) => frame.start[row] === frame.end[row - 1];
  const statistics = statisticsOf(frame.rate, fitted, learnt.parameters, frame.length, follows);
  const model: BaselineModel = {
    ...{ method: kind.id, step: kind.step, segments: learnt.segments, statistics },
    heldOut: heldOut(kind, frame, drivers, options),
    ...{ from: frame.start[0]!, to: frame.end.at(-1)! },
    ranges: [
      ...(frame.temperature ? [rangeOf('temperature', frame.temperature)] : []),
      ...drivers.map((name) => rangeOf(name, frame.drivers.find((one) => one.name === name)!.values)),
    ],
  };
  const notes = [
    ...frameNotes,
    ...sufficiency(period, known, model),
    ...droppedNotes(wanted, learnt.segments),
    ...learnt.notes,
    ...(rows.temperature ? [] : [baselineNotes['temperature-unused']()]),
  ];
  return { model, notes };
}

/** The rules of CalTRACK 2.0, sections 2.2 and 3.8, IPMVP and ASHRAE Guideline 14 that a baseline does not keep. */
function sufficiency(period: BaselineFrame, known: readonly number[], model: BaselineModel): Note[] {
  const notes: Note[] = [];
  const { statistics } = model;
  const days = Math.round((model.to - model.from) / 86_400_000);
  if (days < 360) notes.push(baselineNotes['baseline-short']({ days }));
  const read = period.rate.filter(Number.isFinite).length;
  if (known.length < read) notes.push(baselineNotes['intervals-unknown']({ count: read - known.length }));
  const share = known.length / Math.max(1, period.start.length);
  if (share < 0.9) notes.push(baselineNotes['baseline-coverage']({ share: { share } }));
  if (period.step === 'hour') {
    const months = Array.from({ length: 12 }, (_, at) => at + 1).filter((month) => {
      const all = period.month.filter((one) => one === month).length;
      return all > 0 && known.filter((row) => period.month[row] === month).length / all < 0.9;
    });
    if (months.length > 0) notes.push(baselineNotes['month-coverage']({ months }));
  }
  const negative = known.filter((row) => period.rate[row]! < 0).length;
  if (negative > 0) notes.push(baselineNotes['energy-negative']({ count: negative }));
  if (statistics.cvrmse > 0.25) notes.push(baselineNotes['cvrmse-high']({ cvrmse: { share: statistics.cvrmse } }));
  if (statistics.r2 < 0.75) notes.push(baselineNotes['r2-low']({ r2: Math.round(statistics.r2 * 1000) / 1000 }));
  if (statistics.autocorrelation > 0.2)
    notes.push(
      baselineNotes['residuals-correlated']({ correlation: Math.round(statistics.autocorrelation * 1000) / 1000 }),
    );
  return notes;
}

function droppedNotes(wanted: readonly string[], segments: BaselineModel['segments']): Note[] {
  return wanted.flatMap((driver) => {
    const used = segments.some(({ coefficients }) =>
      coefficients.some((one) => one.name === driver && one.value !== 0),
    );
    return used ? [] : [baselineNotes['driver-constant']({ driver })];
  });
}

function changes(values: Float64Array): boolean {
  return values.some((value) => value !== values[0]);
}

function rangeOf(name: string, values: Float64Array) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return { name, low, high };
}
