import { regression } from '@millwright/orion';
import { coefficientsOf, designOf, plainTerms } from '../design.ts';
import { type BaselineFrame, takeFrame } from '../frame.ts';
import type { Segment, Terms } from '../model.ts';
import type { BaselineKind } from './kind.ts';
import { occupiedHours, usableEnds } from './occupancy.ts';
import { towtBaseline } from './towt.ts';

/** CalTRACK 3.10: ends of the pieces of temperature, 30 to 90 °F, here in °C. */
const binEnds: readonly number[] = [30, 45, 55, 65, 75, 90].map((fahrenheit) => ((fahrenheit - 32) * 5) / 9);
/** Hours of its own that a month must have to be learnt by itself; others take the regression over all. */
const leastHours = 14 * 24;

/** Energy an hour, one regression for each month, which sees the months beside it at half weight. */
export const hourlyBaseline: BaselineKind = {
  id: 'hourly',
  step: 'hour',
  needsTemperature: false,
  least: 21 * 24,
  source:
    'CalTRACK 2.0, hourly methods (3.7 to 3.12): time of week and temperature by month, neighbours at half weight, with drivers',
  learn(frame, drivers) {
    const segments: Segment[] = [];
    let parameters = 0;
    const missing: number[] = [];
    for (let month = 1; month <= 12; month++) {
      if (frame.month.filter((one) => one === month).length < leastHours) {
        missing.push(month);
        continue;
      }
      const learnt = monthSegment(frame, month, drivers);
      segments.push(learnt.segment);
      parameters = Math.max(parameters, learnt.rank);
    }
    if (missing.length === 0) return { segments, parameters, notes: [] };
    const rest = towtBaseline.learn(frame, drivers, {});
    return { segments: [...segments, ...rest.segments], parameters: Math.max(parameters, rest.parameters), notes: [] };
  },
};

function monthSegment(frame: BaselineFrame, month: number, drivers: readonly string[]) {
  const beside = [((month + 10) % 12) + 1, (month % 12) + 1];
  const rows = [...frame.month.keys()].filter(
    (row) => frame.month[row] === month || beside.includes(frame.month[row]!),
  );
  const part = takeFrame(frame, rows);
  const weights = Float64Array.from(part.month, (one) => (one === month ? 1 : 0.5));
  const base: Terms = { ...plainTerms, calendar: 'hour-of-week', drivers };
  let terms = base;
  if (part.temperature) {
    const occupied = occupiedHours(part, weights);
    const ends = usableEnds(Array.from(part.temperature), binEnds);
    const bins = { occupied: ends, unoccupied: ends };
    terms = { ...base, occupied, bins };
  }
  const design = designOf(terms, part);
  const fit = regression(design.columns, part.rate, weights);
  const form = part.temperature ? 'time-of-week and temperature' : 'time-of-week';
  return { segment: { months: [month], form, terms, coefficients: coefficientsOf(design, fit) }, rank: fit.rank };
}
