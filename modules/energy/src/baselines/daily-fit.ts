import type { SiteClock } from '../analysis/site-clock.ts';
import { predictRates } from './design.ts';
import { framePeriod } from './frame.ts';
import { frameOf, type IntervalRows } from './interval-rows.ts';
import type { BaselineModel } from './model.ts';

/** Of each local day (of bills: each bill) of the baseline what was measured and what the model says; null where unknown. */
export function dailyFit(rows: IntervalRows, clock: SiteClock, model: BaselineModel) {
  const used = new Set(model.segments.flatMap(({ terms }) => terms.drivers));
  const of = { ...rows, drivers: rows.drivers.filter(({ name }) => used.has(name)) };
  const frame = framePeriod(frameOf(of, model.step, clock).frame, model.from, model.to);
  const rates = predictRates(model.segments, frame);
  const days = new Map<number, { start: number; measured: number; fitted: number; degrees: number; count: number }>();
  for (let row = 0; row < frame.start.length; row++) {
    const day = clock.dayOf(frame.start[row]!);
    const one = days.get(day) ?? { start: frame.start[row]!, measured: 0, fitted: 0, degrees: 0, count: 0 };
    one.measured += frame.rate[row]! * frame.length[row]!;
    one.fitted += rates[row]! * frame.length[row]!;
    one.degrees += frame.temperature?.[row] ?? Number.NaN;
    one.count++;
    days.set(day, one);
  }
  const list = [...days.values()];
  const known = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    start: list.map(({ start }) => start),
    measured: list.map(({ measured }) => known(measured)),
    fitted: list.map(({ fitted }) => known(fitted)),
    temperature: frame.temperature ? list.map(({ degrees, count }) => known(degrees / count)) : null,
  };
}
