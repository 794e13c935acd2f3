import { type Regression, regression } from '@millwright/orion';
import { designOf, plainTerms } from '../design.ts';
import type { BaselineFrame } from '../frame.ts';
import type { Calendar, Terms } from '../model.ts';

export interface Candidate {
  readonly form: string;
  readonly terms: Terms;
  readonly fit: Regression;
}

/** CalTRACK 2.0, 3.2.1.3: balance points from 30 to 90 °F; whole degrees Fahrenheit, here in °C. */
export const balancePoints: readonly number[] = Array.from({ length: 61 }, (_, at) => ((30 + at - 32) * 5) / 9);

/** CalTRACK 2.0, 3.2.2: a slope must rest on at least ten intervals with degree days, and on 20 °F days in all. */
const leastIntervals = 10;
const leastDegrees = (20 * 5) / 9;

/**
 * CalTRACK 2.0, 3.2 to 3.4: intercept only, heating, cooling, and both over all pairs of balance points with heating at or
 * below cooling; a candidate counts where intercept and slopes are not negative; the highest adjusted R2 wins. Calendar and
 * drivers stand in every candidate beside them.
 */
export function bestByBalancePoints(
  frame: BaselineFrame,
  calendar: Calendar,
  drivers: readonly string[],
  weights?: Float64Array,
): Candidate {
  const base: Terms = { ...plainTerms, calendar, drivers };
  const fixed = designOf(base, frame);
  const plain: Candidate = { form: 'intercept', terms: base, fit: regression(fixed.columns, frame.rate, weights) };
  if (!frame.temperature) return plain;
  const beside = (values: Float64Array) => besideFixed(fixed.columns, values, weights);
  const observed = beside(frame.rate);
  const sides = (side: 'heating' | 'cooling') =>
    usable(frame, side, weights).map(({ balance, column }) => ({ balance, ...beside(column) }));
  const [heats, cools] = [sides('heating'), sides('cooling')];
  const { observations, rank, totalSquares } = plain.fit;
  const adjusted = (squares: number, more: number) =>
    1 - squares / (observations - rank - more) / (totalSquares / (observations - 1));
  let best = {
    form: 'intercept',
    heating: null as number | null,
    cooling: null as number | null,
    score: plain.fit.r2Adjusted,
  };
  const consider = (form: string, heat: Side | null, cool: Side | null) => {
    const of = [heat, cool].filter((side) => side !== null);
    const found = explain(observed, of, weights);
    if (!found || found.slopes.some((slope) => slope < 0)) return;
    const constant = of.reduce((sum, side, at) => sum - found.slopes[at]! * side.constant, observed.constant);
    // With drivers the constant is what is used when nothing is made and may be anything.
    if (drivers.length === 0 && constant < 0) return;
    const score = adjusted(found.squares, of.length);
    if (score > best.score) best = { form, heating: heat?.balance ?? null, cooling: cool?.balance ?? null, score };
  };
  for (const heat of heats) consider('hdd', heat, null);
  for (const cool of cools) consider('cdd', null, cool);
  for (const heat of heats) for (const cool of cools) if (cool.balance >= heat.balance) consider('hdd-cdd', heat, cool);
  const { form, heating, cooling } = best;
  if (form === 'intercept') return plain;
  const terms = { ...base, heating, cooling };
  return { form, terms, fit: regression(designOf(terms, frame).columns, frame.rate, weights) };
}

/** A column without what the fixed columns explain of it (Frisch and Waugh 1933), which many candidates share. */
export interface Beside {
  readonly rest: Float64Array;
  /** Coefficient of the constant in it. */
  readonly constant: number;
  readonly squares: number;
}
type Side = Beside & { readonly balance: number };

export function besideFixed(fixed: readonly Float64Array[], values: Float64Array, weights?: Float64Array): Beside {
  const { fitted, coefficients } = regression(fixed, values, weights);
  const rest = values.map((value, row) => value - fitted[row]!);
  return { rest, constant: coefficients[0]!, squares: dot(rest, rest, weights) };
}

/** Least squares of one or two columns beside the fixed ones; undefined where a column says nothing beside the others. */
export function explain(
  observed: Beside,
  [one, other]: readonly Beside[],
  weights?: Float64Array,
): { slopes: number[]; squares: number } | undefined {
  if (!one || !(one.squares > 0)) return undefined;
  const first = dot(one.rest, observed.rest, weights);
  if (!other) return { slopes: [first / one.squares], squares: observed.squares - first ** 2 / one.squares };
  const [second, both] = [dot(other.rest, observed.rest, weights), dot(one.rest, other.rest, weights)];
  const determinant = one.squares * other.squares - both ** 2;
  if (!(determinant > 1e-9 * one.squares * other.squares)) return undefined;
  const slopes = [
    (first * other.squares - second * both) / determinant,
    (second * one.squares - first * both) / determinant,
  ];
  return { slopes, squares: observed.squares - slopes[0]! * first - slopes[1]! * second };
}

function dot(one: Float64Array, other: Float64Array, weights?: Float64Array): number {
  let sum = 0;
  if (weights) for (let row = 0; row < one.length; row++) sum += weights[row]! * one[row]! * other[row]!;
  else for (let row = 0; row < one.length; row++) sum += one[row]! * other[row]!;
  return sum;
}

function usable(frame: BaselineFrame, side: 'heating' | 'cooling', weights?: Float64Array) {
  return balancePoints.flatMap((balance) => {
    const { columns } = designOf({ ...plainTerms, [side]: balance }, frame);
    const column = columns[1]!;
    let [count, sum] = [0, 0];
    for (let row = 0; row < column.length; row++) {
      if (column[row]! > 0) count++;
      sum += column[row]! * (weights ? weights[row]! : 1);
    }
    return count >= leastIntervals && sum >= leastDegrees ? [{ balance, column }] : [];
  });
}

/** Schwarz's criterion of a fit with normal errors; lower is better. */
export const bic = ({ observations, residualSquares, rank }: Regression, more = 0): number =>
  observations * Math.log(Math.max(residualSquares, 1e-300) / observations) + (rank + more) * Math.log(observations);
