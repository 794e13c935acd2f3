import type { Note } from '@millwright/kernel';
import { Exact } from '../decimal.ts';
import { esgErrors } from '../errors.ts';
import { type Factor, factorKey } from '../factors/factor.ts';
import { type FactorLibrary, findFactor } from '../factors/library.ts';
import { amountOf, carrierTerm, esgNotes } from '../notes.ts';
import type { ElectricityLine, HeatLine } from './activity-line.ts';
import type { EmissionWarning } from './emission-result.ts';

/** What the calculation of one line needs and what it leaves behind. */
export interface LineContext {
  readonly library: FactorLibrary;
  readonly year: number | undefined;
  readonly factors: Factor[];
  readonly warnings: EmissionWarning[];
}

export function requireNotNegative(line: string, field: string, value: string): void {
  if (new Exact(value).isNegative() && !new Exact(value).isZero())
    throw esgErrors.ESG_ACTIVITY_NEGATIVE({ line, field, value });
}

/** Looks a factor up, refuses one that was made for something else, and notes what a reader should know about it. */
export function factorForLine(
  context: LineContext,
  line: string,
  id: string,
  need: { carrier: Factor['carrier']; method: Factor['methods'][number]; fuel?: string },
): Factor {
  const factor = findFactor(context.library, id);
  const unsuitable = (reason: string) => esgErrors.ESG_FACTOR_UNSUITABLE({ id, line, reason });
  if (factor.carrier !== need.carrier) throw unsuitable(`it is for ${factor.carrier}, and the line is ${need.carrier}`);
  if (need.fuel && factor.fuel !== need.fuel)
    throw unsuitable(`it is for ${factor.fuel}, and the line burns ${need.fuel}`);
  if (!factor.methods.includes(need.method))
    throw unsuitable(`it is for the ${factor.methods.join(' or ')} method, not for the ${need.method} method`);
  noteFactor(context, line, factor);
  return factor;
}

function noteFactor(context: LineContext, line: string, factor: Factor): void {
  if (!context.factors.includes(factor)) context.factors.push(factor);
  const key = factorKey(factor);
  const { confidence, supersededBy: by, appliesToYear: applies } = factor;
  const warn = (note: Note) => context.warnings.push({ ...note, line });
  if (!factor.confirmed) warn(esgNotes['factor-unconfirmed']({ factor: key, confidence }));
  if (by) warn(esgNotes['factor-superseded']({ factor: key, by }));
  if (context.year !== undefined && applies !== undefined && applies !== context.year)
    warn(esgNotes['factor-of-another-year']({ factor: key, applies, year: context.year }));
}

/** What is said of energy without a factor: of which region one is needed. It is a warning of the line too. */
export function factorMissing(line: ElectricityLine | HeatLine, unit: string, context: LineContext): Note {
  const { kind, id, region, quantity } = line;
  const [what, amount] = [carrierTerm(kind), amountOf(quantity, unit)];
  const note =
    region === undefined || context.year === undefined
      ? esgNotes['region-missing']({ what, amount })
      : esgNotes['factor-missing']({ what, region, year: context.year, amount });
  context.warnings.push({ ...note, line: id });
  return note;
}
