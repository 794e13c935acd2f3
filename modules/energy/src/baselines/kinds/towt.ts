import { regression } from '@millwright/orion';
import { coefficientsOf, designOf, plainTerms } from '../design.ts';
import type { BaselineFrame } from '../frame.ts';
import type { Terms } from '../model.ts';
import type { BaselineKind } from './kind.ts';
import { occupiedHours, temperaturesOf, usableEnds } from './occupancy.ts';

const pieces = 6;

/** Energy an hour by hour of the week, temperature in equal pieces, and drivers: one regression over the whole year. */
export const towtBaseline: BaselineKind = {
  id: 'towt',
  step: 'hour',
  needsTemperature: false,
  least: 21 * 24,
  source:
    'Mathieu, Price, Kiliccote and Piette, Quantifying changes in building electricity use, with application to demand response (IEEE Trans. Smart Grid 2011): time of week and temperature, with drivers',
  learn(frame, drivers) {
    const terms: Terms = { ...plainTerms, calendar: 'hour-of-week', drivers, ...temperatureTerms(frame) };
    const design = designOf(terms, frame);
    const fit = regression(design.columns, frame.rate);
    const form = frame.temperature ? 'time-of-week and temperature' : 'time-of-week';
    const segment = { months: null, form, terms, coefficients: coefficientsOf(design, fit) };
    return { segments: [segment], parameters: fit.rank, notes: [] };
  },
};

function temperatureTerms(frame: BaselineFrame): Pick<Terms, 'bins' | 'occupied'> {
  const { temperature } = frame;
  if (!temperature) return { bins: null, occupied: [] };
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of temperature) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const ends = Array.from({ length: pieces - 1 }, (_, at) => low + ((high - low) * (at + 1)) / pieces);
  const occupied = occupiedHours(frame);
  const bins = {
    occupied: usableEnds(temperaturesOf(frame, occupied, 1), ends),
    unoccupied: usableEnds(temperaturesOf(frame, occupied, 0), ends),
  };
  return { bins, occupied };
}
