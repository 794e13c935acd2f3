import { type Regression, regression } from '@millwright/orion';
import { ascending, percentile } from '../../analysis/percentile.ts';
import { designOf, plainTerms } from '../design.ts';
import type { BaselineFrame } from '../frame.ts';
import type { Terms } from '../model.ts';
import { type Beside, besideFixed, bic, type Candidate, explain } from './balance-points.ts';
import { learntFrom } from './daily.ts';
import type { BaselineKind } from './kind.ts';

const step = 0.5;

/** Change-point models of one to five parameters. A change point counts as a parameter when they are compared. */
export const changePointBaseline: BaselineKind = {
  id: 'change-point',
  step: 'day',
  needsTemperature: true,
  least: 28,
  source:
    'ASHRAE Guideline 14-2014, annex D, and RP-1050 (Kissock, Haberl and Claridge 2003): 1P to 5P, with drivers, chosen by BIC among those whose slopes differ from 0 (p < 0.05)',
  learn(frame, drivers) {
    const base: Terms = { ...plainTerms, drivers };
    const points = pointsOf(frame);
    const weekly = (['none', 'weekend'] as const).map((calendar) => ({ ...base, calendar }));
    const found = weekly.flatMap((terms) => [
      fitted('1P', terms, frame),
      fitted('2P', { ...terms, linear: true }, frame),
      best(
        '3PH',
        points.map((heating) => ({ ...terms, heating })),
        frame,
        1,
      ),
      best(
        '3PC',
        points.map((cooling) => ({ ...terms, cooling })),
        frame,
        1,
      ),
      best(
        '4P',
        points.map((point) => ({ ...terms, heating: point, cooling: point })),
        frame,
        1,
      ),
      best(
        '5P',
        points.flatMap((heating) =>
          points.flatMap((cooling) => (cooling > heating ? [{ ...terms, heating, cooling }] : [])),
        ),
        frame,
        2,
      ),
    ]);
    const counted = found.filter((one) => one !== undefined);
    const chosen = counted.reduce((one, other) => (other.score < one.score ? other : one));
    return learntFrom(chosen.candidate, frame);
  },
};

interface Scored {
  readonly candidate: Candidate;
  readonly score: number;
}

function fitted(form: string, terms: Terms, frame: BaselineFrame): Scored | undefined {
  return best(form, [terms], frame, 0);
}

/** The least squares of these, if its slopes are more than chance. */
function best(form: string, options: readonly Terms[], frame: BaselineFrame, points: number): Scored | undefined {
  const [first] = options;
  if (!first) return undefined;
  const fixed = designOf({ ...first, heating: null, cooling: null, linear: false }, frame).columns;
  const observed = besideFixed(fixed, frame.rate);
  const known = new Map<string, Beside>();
  const side = (name: 'heating' | 'cooling' | 'linear', value: number) => {
    const key = `${name} ${value}`;
    let found = known.get(key);
    if (!found) {
      const [, column] = designOf({ ...plainTerms, [name]: name === 'linear' ? true : value }, frame).columns;
      found = besideFixed(fixed, column!);
      known.set(key, found);
    }
    return found;
  };
  let chosen = first;
  let least = Number.POSITIVE_INFINITY;
  for (const terms of options) {
    const { heating, cooling, linear } = terms;
    const sides = [
      ...(heating === null ? [] : [side('heating', heating)]),
      ...(cooling === null ? [] : [side('cooling', cooling)]),
      ...(linear ? [side('linear', 0)] : []),
    ];
    const squares = sides.length === 0 ? observed.squares : explain(observed, sides)?.squares;
    if (squares === undefined || squares >= least) continue;
    [chosen, least] = [terms, squares];
  }
  const candidate = { form, terms: chosen, fit: regression(designOf(chosen, frame).columns, frame.rate) };
  if (!significant(candidate, candidate.fit, frame)) return undefined;
  return { candidate, score: bic(candidate.fit, points) };
}

function significant({ terms }: Candidate, fit: Regression, frame: BaselineFrame): boolean {
  const { names } = designOf(terms, frame);
  return names.every(
    (name, at) =>
      !['heating', 'cooling', 'temperature'].includes(name) || (!fit.dropped[at] && fit.pValues[at]! < 0.05),
  );
}

/** Every half degree between the 5th and the 95th percentile, at most 60 of them. */
function pointsOf({ temperature }: BaselineFrame): number[] {
  const sorted = ascending(temperature!);
  const [low, high] = [percentile(sorted, 5), percentile(sorted, 95)];
  const count = Math.min(60, Math.max(1, Math.floor((high - low) / step)));
  return Array.from({ length: count + 1 }, (_, at) => low + ((high - low) * at) / count);
}
