import { Exact } from '../decimal.ts';
import { esgErrors } from '../errors.ts';
import { type Factor, factorKey } from '../factors/factor.ts';
import { type FactorLibrary, findFactor } from '../factors/library.ts';
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
  if (!factor.confirmed)
    context.warnings.push({
      code: 'factor-unconfirmed',
      line,
      message: `${key} is not confirmed: ${factor.confidence}.`,
    });
  if (factor.supersededBy)
    context.warnings.push({
      code: 'factor-superseded',
      line,
      message: `${key} was superseded by ${factor.supersededBy}.`,
    });
  if (context.year !== undefined && factor.appliesToYear !== undefined && factor.appliesToYear !== context.year)
    context.warnings.push({
      code: 'factor-of-another-year',
      line,
      message: `${key} applies to ${factor.appliesToYear}; the activity is of ${context.year}.`,
    });
}
