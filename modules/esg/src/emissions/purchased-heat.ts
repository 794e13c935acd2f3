import type { Note } from '@millwright/kernel';
import { Exact, exactText } from '../decimal.ts';
import { factorUse } from '../factors/factor.ts';
import { amountOf, esgNotes } from '../notes.ts';
import { steamHeat } from '../steam/steam-state.ts';
import type { HeatLine } from './activity-line.ts';
import { type Chain, startChain, times } from './chain.ts';
import type { EmissionResultLine } from './emission-result.ts';
import { factorForLine, factorMissing, type LineContext, requireNotNegative } from './line-checks.ts';
import { applyFactor, energyUnits, heatUnits, requireUnit, toEnergyUnit } from './units.ts';

/** Scope 2, heat and steam bought: energy × factor, the same by both methods, as no certificates are traded for heat. */
export function calculateHeat(line: HeatLine, context: LineContext): { lines: EmissionResultLine[]; energyMWh: Exact } {
  requireNotNegative(line.id, 'quantity', line.quantity);
  const unit = requireUnit(line.id, line.unit, heatUnits);
  const byBothMethods = (facts: Omit<EmissionResultLine, 'line' | 'site' | 'scope' | 'method' | 'activity'>) =>
    (['location', 'market'] as const).map(
      (method): EmissionResultLine => ({
        line: line.id,
        ...(line.site === undefined ? {} : { site: line.site }),
        scope: 2,
        method,
        activity: { quantity: line.quantity, unit },
        ...facts,
      }),
    );
  const energy = energyOfHeat(line, unit, context);
  const factor =
    line.factor === undefined
      ? undefined
      : factorForLine(context, line.id, line.factor, { carrier: 'heat', method: 'location' });
  const energyMWh = energy ? toEnergyUnit(energy.chain, energy.unit, 'MWh').value : new Exact(0);
  if (!energy || !factor) {
    const reasons = [
      ...(energy ? [] : [steamMissing(line, unit, context)]),
      ...(factor ? [] : [factorMissing(line, unit, context)]),
    ];
    const formula = `${energy?.chain.formula ?? `${line.quantity} ${unit}`} × ?`;
    return { lines: byBothMethods({ gas: 'CO2', status: 'incomplete', formula, reasons }), energyMWh };
  }
  const { formula, value } = applyFactor(energy.chain, energy.unit, factor);
  const lines = byBothMethods({
    gas: factor.gasBasis,
    status: 'calculated',
    factor: factorUse(factor),
    formula,
    tCO2e: exactText(value),
  });
  return { lines, energyMWh };
}

function steamMissing({ id, quantity }: HeatLine, unit: string, context: LineContext): Note {
  const note = esgNotes['steam-state-missing']({ amount: amountOf(quantity, unit) });
  context.warnings.push({ ...note, line: id });
  return note;
}

/**
 * Steam by mass: t × (enthalpy of the steam − enthalpy of the feed water) in kJ/kg × 0.001 = GJ, as the accounting guides
 * of China's National Development and Reform Commission and GB/T 32151 do. Undefined where nothing says what steam it was.
 */
function energyOfHeat(line: HeatLine, unit: string, context: LineContext): { chain: Chain; unit: string } | undefined {
  const start = startChain(line.quantity, unit);
  if (energyUnits.includes(unit)) return { chain: start, unit };
  if (!line.steam) return undefined;
  const { steam, feedWater, notes } = steamHeat(line.steam);
  for (const note of notes) context.warnings.push({ ...note, line: line.id });
  const mass = unit === 't' ? start : times(start, '0.001', 't/kg');
  const gained = new Exact(steam).minus(feedWater);
  const energy = { value: mass.value.times(gained), formula: `${mass.formula} × (${steam} − ${feedWater}) kJ/kg` };
  return { chain: times(energy, '0.001', 'GJ/t per kJ/kg'), unit: 'GJ' };
}
