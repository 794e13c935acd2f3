import { addCounter } from './add-counter.ts';
import { addDelta } from './add-delta.ts';
import { addGauge, type GaugeMethod } from './add-gauge.ts';
import { AmountCollector, type Gap } from './amount-collector.ts';
import {
  areBasicUnits,
  convertBasicUnits,
  isEnergyUnit,
  isPowerUnit,
  isReactivePowerUnit,
  rateUnit,
} from './basic-units.ts';
import { type Grid, type GridRequest, makeGrid } from './grid.ts';
import {
  expectedReadings,
  nominalInterval,
  type PointFacts,
  type QualityCounts,
  type Series,
  type UnitConverter,
  usableReadings,
} from './series.ts';
import type { SeriesNote } from './series-note.ts';

export interface AmountOptions extends GridRequest {
  /** Unit of the amounts; default: `kW.h` for energy and power, else the point's own (of a flow in `m3/h`: `m3`). */
  readonly unit?: string;
  /** For units other than W.h, J, W, var.h and V.A with their prefixes, which are known here. */
  readonly convert?: UnitConverter;
  /** What takes a reading into the unit of the amounts, where the caller knows it already; else `convert` says. */
  readonly factor?: number;
  /** Default `trapezoid`. */
  readonly gaugeMethod?: GaugeMethod;
  /** Longest span a gauge is integrated over; default twice its interval. */
  readonly maximumGapMinutes?: number;
}

/** Consumption per interval of the grid. The four arrays have one element per interval. */
export interface IntervalAmounts {
  readonly grid: Grid;
  /** UCUM code of the amounts, e.g. `kW.h`, `m3`. */
  readonly unit: string;
  /** What readings account for; NaN where they say nothing, and not scaled up where they cover only a part. */
  readonly amount: Float64Array;
  /** Share of each interval's time that readings speak for, 0 to 1. */
  readonly coverage: Float64Array;
  /** Part of `amount` that was spread evenly over more than one interval, so its place in time is a guess. */
  readonly estimated: Float64Array;
  /** Part of `amount` that rests on substituted readings. */
  readonly substituted: Float64Array;
  readonly gaps: Gap[];
  readonly notes: SeriesNote[];
  readonly quality: QualityCounts;
  /** Nominal distance of the readings in milliseconds; NaN when unknown. */
  readonly nominal: number;
  /** How many readings the rhythm lets expect in the period, and how many usable ones came. */
  readonly readings: { readonly expected: number; readonly usable: number };
  readonly stamp: 'start' | 'end';
}

/** What takes a point's readings into the unit of its amounts. Throws ENERGY_UNIT_UNKNOWN. */
export function conversionFactor(facts: PointFacts, options: Pick<AmountOptions, 'unit' | 'convert'>): number {
  const unit = options.unit ?? defaultUnit(facts);
  const amountUnit = facts.kind === 'gauge' ? rateUnit(unit) : unit;
  const convert = areBasicUnits(facts.unit, amountUnit) ? convertBasicUnits : (options.convert ?? convertBasicUnits);
  return convert(1, facts.unit, amountUnit);
}

/** Unit of a point's amounts when nobody asks for another. */
export function defaultUnit({ kind, unit }: PointFacts): string {
  if (kind !== 'gauge') return isEnergyUnit(unit) ? 'kW.h' : unit;
  if (isPowerUnit(unit)) return 'kW.h';
  if (isReactivePowerUnit(unit)) return 'kvar.h';
  return unit.endsWith('/h') ? unit.slice(0, -2) : 'kW.h';
}

/**
 * Turns readings into consumption per 15, 30 or 60 minutes.
 *
 * Pass the readings of the period and one more on either side (counters and gauges need it to reach the edges).
 * Counters: differences with rollover and meter change. Deltas: laid on the interval they are stamped for. Gauges:
 * integrated. A longer span than one interval is spread evenly and flagged as estimated.
 * Throws ENERGY_SERIES_INVALID, ENERGY_PERIOD_INVALID, ENERGY_TIMEZONE_UNKNOWN, ENERGY_INTERVAL_INVALID, ENERGY_UNIT_UNKNOWN.
 */
export function toIntervalAmounts(series: Series, facts: PointFacts, options: AmountOptions): IntervalAmounts {
  const grid = makeGrid(options);
  const unit = options.unit ?? defaultUnit(facts);
  const factor = options.factor ?? conversionFactor(facts, options);
  const stamp = facts.kind === 'delta' && facts.stamp === 'start' ? 'start' : 'end';
  const readings = usableReadings(series, grid.start, grid.end, stamp === 'end');
  // The rhythm of all readings, bad ones included: a bad reading leaves a hole, it does not slow the meter down.
  const nominal = facts.intervalSeconds ? facts.intervalSeconds * 1000 : nominalInterval(series.time);
  const rhythm = Number.isNaN(nominal) ? grid.step : nominal;
  const collector = new AmountCollector(grid, 0.1 * rhythm);
  let notes: SeriesNote[] = [];
  if (facts.kind === 'counter') notes = addCounter(readings, facts, factor, rhythm, grid.step, collector);
  else if (facts.kind === 'delta') notes = addDelta(readings, facts, factor, rhythm, grid.step, collector);
  else {
    const maximumGap = options.maximumGapMinutes === undefined ? undefined : options.maximumGapMinutes * 60_000;
    addGauge(readings, factor, options.gaugeMethod ?? 'trapezoid', rhythm, maximumGap, collector);
  }
  collector.finish();
  const inside = (note: SeriesNote) => !('at' in note) || (note.at > grid.start && note.at <= grid.end);
  const { counts } = readings;
  const expected = expectedReadings(readings.time, {
    ...{ from: grid.start, to: grid.end, nominal: rhythm, stampedAtEnd: stamp === 'end' },
  });
  return {
    grid,
    unit,
    amount: collector.amount,
    coverage: collector.coverage,
    estimated: collector.estimated,
    substituted: collector.substituted,
    gaps: collector.gaps,
    notes: notes.filter(inside),
    quality: counts,
    nominal,
    readings: { expected, usable: counts.total - counts.bad },
    stamp,
  };
}
