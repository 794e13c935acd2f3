import { Exact, exactText } from '../decimal.ts';
import { esgErrors } from '../errors.ts';
import { type Factor, factorUse } from '../factors/factor.ts';
import type { AssessmentReport, FactorLibrary } from '../factors/library.ts';
import { esgNotes } from '../notes.ts';
import type { FuelLine } from './activity-line.ts';
import { type Chain, startChain, times } from './chain.ts';
import type { EmissionResultLine } from './emission-result.ts';
import { factorForLine, type LineContext, requireNotNegative } from './line-checks.ts';
import { applyFactor, energyUnits, fuelUnits, requireUnit, toEnergyUnit } from './units.ts';

/**
 * Scope 1, stationary combustion: fuel × net calorific value × factor (IPCC 2006, Volume 2, Chapter 2, tier 1), and CH4
 * and N2O by their warming potential where the line names factors for them.
 */
export function calculateFuel(
  line: FuelLine,
  context: LineContext,
  report: AssessmentReport,
): { lines: EmissionResultLine[]; energyMWh: Exact } {
  for (const field of ['quantity', 'densityKgPerL', 'oxidationFraction'] as const)
    if (line[field] !== undefined) requireNotNegative(line.id, field, line[field]);
  if (line.netCalorificValue) requireNotNegative(line.id, 'netCalorificValue', line.netCalorificValue.value);
  if (line.oxidationFraction !== undefined && new Exact(line.oxidationFraction).gt(1))
    throw esgErrors.ESG_ACTIVITY_INVALID({ problems: [`line ${line.id}: oxidationFraction may not be above 1`] });
  const energy = energyOfFuel(line, context);
  const co2 = factorForLine(context, line.id, line.factor ?? `ipcc-2006-${line.fuel}`, fuelNeed(line));
  if (co2.gasBasis !== 'CO2' && co2.gasBasis !== 'CO2e')
    throw esgErrors.ESG_FACTOR_UNSUITABLE({
      id: co2.id,
      line: line.id,
      reason: `it counts ${co2.gasBasis}; name it in otherGases`,
    });
  const burnt = applyFactor(energy.chain, energy.unit, co2);
  const oxidised = line.oxidationFraction === undefined ? burnt : times(burnt, line.oxidationFraction, 'oxidised');
  const lines = [resultLine(line, co2, oxidised)];
  for (const id of line.otherGases) lines.push(otherGas(line, id, energy, context, report));
  if (lines.length === 1 && co2.gasBasis === 'CO2')
    context.warnings.push({ ...esgNotes['other-gases-left-out'](), line: line.id });
  return { lines, energyMWh: toEnergyUnit(energy.chain, energy.unit, 'MWh').value };
}

const fuelNeed = (line: FuelLine) => ({ carrier: 'fuel', method: 'direct', fuel: line.fuel }) as const;

function otherGas(
  line: FuelLine,
  id: string,
  energy: { chain: Chain; unit: string },
  context: LineContext,
  report: AssessmentReport,
): EmissionResultLine {
  const factor = factorForLine(context, line.id, id, fuelNeed(line));
  if (factor.gasBasis !== 'CH4' && factor.gasBasis !== 'N2O')
    throw esgErrors.ESG_FACTOR_UNSUITABLE({
      id,
      line: line.id,
      reason: `it counts ${factor.gasBasis}, which is counted already`,
    });
  const mass = applyFactor(energy.chain, energy.unit, factor);
  const potential = warmingPotential(context.library, report, factor.gasBasis);
  return resultLine(line, factor, times(mass, potential, `tCO2e/t${factor.gasBasis} (${report})`));
}

/**
 * Burning counts methane by the plain value: the CO2 that it becomes is already in the fuel's CO2 factor, which takes all
 * carbon as burnt; `CH4-fossil` would count it twice.
 */
export function warmingPotential(library: FactorLibrary, report: AssessmentReport, gas: 'CH4' | 'N2O'): string {
  const value = library.globalWarmingPotentials.find((entry) => entry.report === report)?.values[gas];
  if (value) return value;
  throw esgErrors.ESG_FACTOR_INVALID({
    id: `${report} ${gas}`,
    problems: ['the library has no warming potential for it'],
  });
}

function resultLine(line: FuelLine, factor: Factor, chain: Chain): EmissionResultLine {
  return {
    line: line.id,
    ...(line.site === undefined ? {} : { site: line.site }),
    scope: 1,
    method: 'direct',
    gas: factor.gasBasis,
    status: 'calculated',
    activity: { quantity: line.quantity, unit: line.unit },
    factor: factorUse(factor),
    formula: chain.formula,
    tCO2e: exactText(chain.value),
  };
}

/** Energy of the fuel by its net calorific value, in whatever energy unit that value is in. */
function energyOfFuel(line: FuelLine, context: LineContext): { chain: Chain; unit: string } {
  const unit = requireUnit(line.id, line.unit, fuelUnits);
  const start = startChain(line.quantity, unit);
  if (energyUnits.includes(unit)) return { chain: start, unit };
  const calorific = calorificValue(line, unit, context);
  const [energy, per] = calorific.unit.split('/') as [string, string];
  return { chain: times(toFuelUnit(line, start, unit, per), calorific.value, calorific.unit), unit: energy };
}

function calorificValue(line: FuelLine, unit: string, context: LineContext): { value: string; unit: string } {
  if (line.netCalorificValue) return line.netCalorificValue;
  const measured = unit === 'm3' ? 'm3' : 't';
  const found = context.library.netCalorificValues.find(
    (entry) => entry.fuel === line.fuel && entry.unit.endsWith(`/${measured}`),
  );
  if (!found) throw esgErrors.ESG_CALORIFIC_VALUE_MISSING({ line: line.id, fuel: line.fuel, unit });
  const { value, unit: per, document, confidence } = found;
  const note = esgNotes['calorific-value-default']({ value, unit: per, document, confidence });
  context.warnings.push({ ...note, line: line.id });
  return found;
}

/** From the unit of the delivery to the unit that the calorific value counts by. */
function toFuelUnit(line: FuelLine, chain: Chain, from: string, to: string): Chain {
  if (from === to) return chain;
  if (from === 'kg' && to === 't') return times(chain, '0.001', 't/kg');
  if (from === 't' && to === 'kg') return times(chain, '1000', 'kg/t');
  if (from === 'L' && (to === 't' || to === 'kg')) {
    if (line.densityKgPerL === undefined) throw esgErrors.ESG_DENSITY_MISSING({ line: line.id, fuel: line.fuel });
    const mass = times(chain, line.densityKgPerL, 'kg/L');
    return to === 'kg' ? mass : times(mass, '0.001', 't/kg');
  }
  throw esgErrors.ESG_CALORIFIC_VALUE_MISSING({ line: line.id, fuel: line.fuel, unit: from });
}
