import { type Exact, exactText } from '../decimal.ts';
import { factorUse } from '../factors/factor.ts';
import type { HeatLine } from './activity-line.ts';
import { startChain } from './chain.ts';
import type { EmissionResultLine } from './emission-result.ts';
import { factorForLine, type LineContext, requireNotNegative } from './line-checks.ts';
import { applyFactor, energyUnits, requireUnit, toEnergyUnit } from './units.ts';

/** Scope 2, heat and steam bought: energy × factor, the same by both methods, as no certificates are traded for heat. */
export function calculateHeat(line: HeatLine, context: LineContext): { lines: EmissionResultLine[]; energyMWh: Exact } {
  requireNotNegative(line.id, 'quantity', line.quantity);
  const unit = requireUnit(line.id, line.unit, energyUnits);
  const factor = factorForLine(context, line.id, line.factor, { carrier: 'heat', method: 'location' });
  const start = startChain(line.quantity, unit);
  const chain = applyFactor(start, unit, factor);
  const lines = (['location', 'market'] as const).map(
    (method): EmissionResultLine => ({
      line: line.id,
      ...(line.site === undefined ? {} : { site: line.site }),
      scope: 2,
      method,
      gas: factor.gasBasis,
      status: 'calculated',
      activity: { quantity: line.quantity, unit },
      factor: factorUse(factor),
      formula: chain.formula,
      tCO2e: exactText(chain.value),
    }),
  );
  return { lines, energyMWh: toEnergyUnit(start, unit, 'MWh').value };
}
