import { Exact, exactText, formatDecimal } from '../decimal.ts';
import type { EmissionInputDraft } from '../emissions/activity-line.ts';
import { calculateEmissions } from '../emissions/calculate-emissions.ts';
import type { EmissionResult, EmissionTotals } from '../emissions/emission-result.ts';
import type { FactorUse } from '../factors/factor.ts';
import { builtInLibrary, type FactorLibrary } from '../factors/library.ts';

export interface RestatedFigure {
  /** t CO2e, exact. */
  old: string;
  new: string;
  /** New less old. */
  difference: string;
  /** Of the old figure, two decimals, half up; null where the old figure is zero. */
  percent: string | null;
}

/** A figure that was published, and what takes its place. The old one is kept: nothing is overwritten. */
export interface Restatement extends RestatedFigure {
  why: string;
  factorOld: FactorUse[];
  factorNew: FactorUse[];
  /** The factors come from another family: a change of method that has to be disclosed as such. */
  familyChanged: boolean;
  /** Old and new of each total; the restatement's own figures are those of `total`. */
  totals: Record<keyof EmissionTotals, RestatedFigure>;
}

/** Compares two calculations of the same activities. */
export function restate(oldResult: EmissionResult, newResult: EmissionResult, why: string): Restatement {
  const of = (key: keyof EmissionTotals) => compare(oldResult.totals[key], newResult.totals[key]);
  const families = (factors: FactorUse[]) => [...new Set(factors.map((factor) => factor.family))].sort().join();
  return {
    ...of('total'),
    why,
    factorOld: oldResult.factors,
    factorNew: newResult.factors,
    familyChanged: families(oldResult.factors) !== families(newResult.factors),
    totals: {
      scope1: of('scope1'),
      scope2Location: of('scope2Location'),
      scope2Market: of('scope2Market'),
      total: of('total'),
      totalMarket: of('totalMarket'),
    },
  };
}

/**
 * Calculates the same activities again with other factors: `replace` maps a factor id to the one that takes its place.
 * Throws what `calculateEmissions` throws.
 */
export function restateWithFactors(
  input: EmissionInputDraft,
  replace: Readonly<Record<string, string>>,
  why: string,
  library: FactorLibrary = builtInLibrary,
): { old: EmissionResult; new: EmissionResult; restatement: Restatement } {
  const old = calculateEmissions(input, library);
  const lines = replaceInLines(input.lines, replace);
  const recalculated = calculateEmissions({ ...input, lines }, library);
  return { old, new: recalculated, restatement: restate(old, recalculated, why) };
}

/** The same lines with other factors; a fuel that names none has a known default. */
export function replaceInLines<T extends EmissionInputDraft['lines'][number]>(
  lines: readonly T[],
  replace: Readonly<Record<string, string>>,
): T[] {
  const other = (id: string) => replace[id] ?? id;
  return lines.map((line) => {
    const changed = { ...line };
    if (changed.factor !== undefined) changed.factor = other(changed.factor);
    else if (changed.kind === 'fuel' && replace[`ipcc-2006-${changed.fuel}`])
      changed.factor = replace[`ipcc-2006-${changed.fuel}`];
    if (changed.kind === 'electricity' && changed.residualFactor !== undefined)
      changed.residualFactor = other(changed.residualFactor);
    if (changed.kind === 'fuel' && changed.otherGases) changed.otherGases = changed.otherGases.map(other);
    return changed;
  });
}

function compare(oldValue: string, newValue: string): RestatedFigure {
  const before = new Exact(oldValue);
  const difference = new Exact(newValue).minus(before);
  return {
    old: oldValue,
    new: newValue,
    difference: exactText(difference),
    percent: before.isZero() ? null : `${formatDecimal(difference.div(before).times(100), 2)}%`,
  };
}
