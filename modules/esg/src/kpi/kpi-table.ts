import { Exact, exactText, formatDecimal, sumOf } from '../decimal.ts';
import { calculateEmissions } from '../emissions/calculate-emissions.ts';
import type { EmissionResult } from '../emissions/emission-result.ts';
import { esgErrors } from '../errors.ts';
import type { FactorUse } from '../factors/factor.ts';
import { requireOneFamily } from '../factors/families.ts';
import { builtInLibrary, type FactorLibrary } from '../factors/library.ts';
import { type Restatement, restate } from '../restatement/restate.ts';
import { type ActivityFile, type ActivityYear, parseActivityFile } from './activity-file.ts';
import { type KpiKey, kpiDefinitions } from './kpi-definitions.ts';
import {
  defaultElectricityFactor,
  electricityEntries,
  type FactorChoice,
  hasMarketData,
  linesOfYear,
} from './year-lines.ts';

export type KpiValues = Partial<Record<KpiKey, string>>;

export interface KpiChange {
  /** This year less the year before, exact. */
  difference: string;
  /** The difference as it is printed in the table. */
  printed: string;
  /** Of the year before, one decimal, half up; absent where the year before is zero. */
  percent?: string;
}

export interface KpiTable {
  reportingYear: string;
  previousYear?: string;
  /** Each figure as it is printed: `years["2023"].ghgTotal_tCO2e` is "531.57". */
  years: Record<string, KpiValues>;
  /** The same figures before rounding. */
  exact: Record<string, KpiValues>;
  /** Factors that each year was calculated with. */
  factors: Record<string, FactorUse[]>;
  /** The reporting year against the year before. */
  changes: Partial<Record<KpiKey, KpiChange>>;
  /** What the year before would be by its own factor, where it was recalculated with another. */
  restatement?: Restatement;
  /** The calculation of each year, line by line. */
  calculations: Record<string, EmissionResult>;
  /** What a reader of the table has to be told. */
  notes: string[];
}

export interface KpiOptions {
  /** Electricity factor for every year and entry, instead of what the data names. */
  factor?: string;
  reportingYear?: number;
  recalculatePreviousYearWith?: 'current' | 'own';
}

/**
 * The environmental key figures of a year beside the year before: emissions, energy, water, and each per m2 of floor.
 * `input` is any shape that `parseActivityFile` takes. Pure and deterministic; rounding happens only in `years` and in
 * the printed changes. Throws what `parseActivityFile` and `calculateEmissions` throw, ESG_FLOOR_AREA_MISSING,
 * ESG_KPI_YEAR_MISSING.
 */
export function kpiTable(input: unknown, options: KpiOptions = {}, library: FactorLibrary = builtInLibrary): KpiTable {
  const file = parseActivityFile(input);
  const { reportingYear, previousYear } = yearsOf(file, options);
  const notes: string[] = file.note ? [file.note] : [];
  if (!previousYear) notes.push(`There is no data of ${Number(reportingYear) - 1}; the year stands alone.`);
  const choose = factorChoices(file, reportingYear, options, library, notes);
  const years = previousYear ? [reportingYear, previousYear] : [reportingYear];
  const calculations: Record<string, EmissionResult> = {};
  // Oldest first: a certificate spent on one year is spent for the next.
  const spent: string[] = [];
  for (const year of [...years].reverse()) {
    calculations[year] = calculateYear(file, year, choose(year), library, spent);
    spent.push(...calculations[year].certificatesUsed);
  }
  requireOneFamily(Object.values(calculations).flatMap((calculation) => calculation.factors));
  const showMarket = years.some((year) => hasMarketData(file.years[year]!));
  const showDirect = years.some((year) => file.years[year]!.fuels !== undefined);
  const exact: Record<string, KpiValues> = {};
  for (const year of years) exact[year] = figures(file, year, calculations[year]!, { showMarket, showDirect });
  const table: KpiTable = {
    reportingYear,
    ...(previousYear ? { previousYear } : {}),
    years: Object.fromEntries(years.map((year) => [year, print(exact[year]!)])),
    exact,
    factors: Object.fromEntries(years.map((year) => [year, calculations[year]!.factors])),
    changes: previousYear ? changesBetween(exact[previousYear]!, exact[reportingYear]!) : {},
    calculations,
    notes,
  };
  const restatement =
    previousYear && restatementOf(file, reportingYear, previousYear, options, calculations[previousYear]!, library);
  if (restatement) table.restatement = restatement;
  for (const year of years)
    notes.push(...calculations[year]!.warnings.map((warning) => `${warning.line}: ${warning.message}`));
  return table;
}

function yearsOf(file: ActivityFile, options: KpiOptions): { reportingYear: string; previousYear?: string } {
  const known = Object.keys(file.years).sort();
  const reportingYear = String(options.reportingYear ?? file.reportingYear ?? known.at(-1));
  if (!file.years[reportingYear]) throw esgErrors.ESG_KPI_YEAR_MISSING({ year: reportingYear, years: known });
  const previousYear = String(Number(reportingYear) - 1);
  return file.years[previousYear] ? { reportingYear, previousYear } : { reportingYear };
}

const recalculation = (file: ActivityFile, options: KpiOptions) =>
  options.recalculatePreviousYearWith ?? file.recalculatePreviousYearWith;

/** Says for each year which electricity factor an entry takes, and notes what was chosen without being named. */
function factorChoices(
  file: ActivityFile,
  reportingYear: string,
  options: KpiOptions,
  library: FactorLibrary,
  notes: string[],
): (year: string) => FactorChoice {
  const own = (year: string): FactorChoice => {
    const given = file.years[year]!.factor;
    if (options.factor) return () => options.factor!;
    let fallback = given;
    return (entry) => {
      if (entry.factor) return entry.factor;
      if (!fallback) {
        fallback = defaultElectricityFactor(library, Number(year));
        notes.push(`${year}: no electricity factor was named; ${fallback} was used.`);
      }
      return fallback;
    };
  };
  const current = own(reportingYear);
  return (year) => {
    if (year === reportingYear) return current;
    if (recalculation(file, options) === 'own') return own(year);
    notes.push(`${year} was recalculated with the electricity factor of ${reportingYear}.`);
    const bySite = new Map(electricityEntries(file.years[reportingYear]!).map((entry) => [entry.site, entry.factor]));
    return (entry) => current({ factor: bySite.get(entry.site) });
  };
}

function calculateYear(
  file: ActivityFile,
  year: string,
  factorOf: FactorChoice,
  library: FactorLibrary,
  certificatesUsedBefore: readonly string[] = [],
): EmissionResult {
  return calculateEmissions(
    {
      year: Number(year),
      certificatesUsedBefore: [...certificatesUsedBefore],
      lines: linesOfYear(year, file.years[year]!, factorOf),
      ...(file.warmingPotentials ? { warmingPotentials: file.warmingPotentials } : {}),
    },
    library,
  );
}

function figures(
  file: ActivityFile,
  year: string,
  { totals, energy }: EmissionResult,
  show: { showMarket: boolean; showDirect: boolean },
): KpiValues {
  const given = file.years[year]!;
  const water = amountOf(year, 'waterTonnes', given.waterTonnes ?? given.waterM3);
  const values: KpiValues = {
    ghgTotal_tCO2e: totals.total,
    ...(show.showDirect ? { ghgScope1_tCO2e: totals.scope1 } : {}),
    ghgScope2_tCO2e: totals.scope2Location,
    ...(show.showMarket ? { ghgScope2Market_tCO2e: totals.scope2Market } : {}),
    energyTotal_MWh: energy.totalMWh,
    ...(show.showDirect ? { energyDirect_MWh: energy.directMWh } : {}),
    energyIndirect_MWh: energy.indirectMWh,
    ...(water ? { waterTotal_t: exactText(water) } : {}),
  };
  if (!file.intensities) return inOrder(values);
  const area = floorAreaOf(year, given);
  const perArea = (value: string) => exactText(new Exact(value).div(area));
  values.ghgIntensity_tCO2e_per_m2 = perArea(totals.total);
  values.energyIntensity_MWh_per_m2 = perArea(energy.totalMWh);
  if (water) values.waterIntensity_t_per_m2 = exactText(water.div(area));
  return inOrder(values);
}

function inOrder(values: KpiValues): KpiValues {
  return Object.fromEntries(
    kpiDefinitions.flatMap(({ key }) => (values[key] === undefined ? [] : [[key, values[key]]])),
  );
}

function amountOf(year: string, field: string, given: string | Record<string, string> | undefined): Exact | undefined {
  if (given === undefined) return undefined;
  const amounts = typeof given === 'string' ? { '': given } : given;
  for (const [site, value] of Object.entries(amounts))
    if (new Exact(value).lt(0))
      throw esgErrors.ESG_ACTIVITY_NEGATIVE({ line: site ? `${year} ${site}` : year, field, value });
  return sumOf(Object.values(amounts).map((value) => new Exact(value)));
}

function floorAreaOf(year: string, given: ActivityYear): Exact {
  const area = amountOf(year, 'floorAreaM2', given.floorAreaM2);
  if (!area || area.isZero()) throw esgErrors.ESG_FLOOR_AREA_MISSING({ year });
  return area;
}

function print(values: KpiValues): KpiValues {
  return Object.fromEntries(
    kpiDefinitions.flatMap(({ key, places }) =>
      values[key] === undefined ? [] : [[key, formatDecimal(values[key], places)]],
    ),
  );
}

function changesBetween(before: KpiValues, after: KpiValues): KpiTable['changes'] {
  const changes: KpiTable['changes'] = {};
  for (const { key, places } of kpiDefinitions) {
    if (before[key] === undefined || after[key] === undefined) continue;
    const old = new Exact(before[key]);
    const difference = new Exact(after[key]).minus(old);
    changes[key] = {
      difference: exactText(difference),
      printed: formatDecimal(difference, places),
      ...(old.isZero() ? {} : { percent: `${formatDecimal(difference.div(old).times(100), 1)}%` }),
    };
  }
  return changes;
}

/** What the recalculation changed, where the year before names a factor of its own that differs from the current one. */
function restatementOf(
  file: ActivityFile,
  reportingYear: string,
  previousYear: string,
  options: KpiOptions,
  recalculated: EmissionResult,
  library: FactorLibrary,
): Restatement | undefined {
  const own = file.years[previousYear]!.factor;
  if (options.factor || recalculation(file, options) === 'own' || !own) return undefined;
  const original = calculateYear(file, previousYear, (entry) => entry.factor ?? own, library);
  if (original.totals.total === recalculated.totals.total) return undefined;
  return restate(
    original,
    recalculated,
    `${previousYear} is shown with the factor of ${reportingYear} so that the years compare.`,
  );
}
