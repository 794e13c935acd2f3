import { Exact, exactText, formatDecimal, sumOf } from '../decimal.ts';
import { calculateEmissions } from '../emissions/calculate-emissions.ts';
import type { EmissionResult } from '../emissions/emission-result.ts';
import { esgErrors } from '../errors.ts';
import type { FactorReplacement } from '../evidence/replace-factors.ts';
import type { FactorUse } from '../factors/factor.ts';
import { assumedRegion, type FactorChoice, factorChoice } from '../factors/factor-choice.ts';
import { requireOneFamily } from '../factors/families.ts';
import type { GridFamily } from '../factors/grid-factor.ts';
import { sameCountry } from '../factors/grid-region.ts';
import { builtInLibrary, type FactorLibrary, findFactor } from '../factors/library.ts';
import { esgNotes, type NoteAbout } from '../notes.ts';
import { type Restatement, restate } from '../restatement/restate.ts';
import { type ActivityFile, type ActivityYear, parseActivityFile } from './activity-file.ts';
import { type KpiKey, kpiDefinitions } from './kpi-definitions.ts';
import { electricityEntries, hasMarketData, linesOfYear } from './year-lines.ts';

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
  /** Figures of each year that lack something, such as electricity of a region without a factor: they are at least what they say. */
  incomplete: Record<string, KpiKey[]>;
  /** Factors that each year was calculated with. */
  factors: Record<string, FactorUse[]>;
  /** The reporting year against the year before. */
  changes: Partial<Record<KpiKey, KpiChange>>;
  /** What the year before would be by its own factor, where it was recalculated with another. */
  restatement?: Restatement;
  /** The calculation of each year, line by line. */
  calculations: Record<string, EmissionResult>;
  /** What a reader of the table has to be told. */
  notes: NoteAbout[];
}

export interface KpiOptions {
  /** Electricity factor for every year and entry of its country, instead of what the data names. */
  factor?: string;
  reportingYear?: number;
  recalculatePreviousYearWith?: 'current' | 'own';
  /** Family of the electricity factors where none is named and the country has both. */
  family?: GridFamily;
  /** Factors that take the place of those that are chosen without being named. */
  replace?: FactorReplacement;
}

/**
 * The environmental key figures of a year beside the year before: emissions, energy, water, and each per m2 of floor.
 * `input` is any shape that `parseActivityFile` takes; what names no region is taken to be of China, and said. Pure and
 * deterministic; rounding happens only in `years` and in the printed changes. Throws what `parseActivityFile` and
 * `calculateEmissions` throw, ESG_FLOOR_AREA_MISSING, ESG_KPI_YEAR_MISSING.
 */
export function kpiTable(input: unknown, options: KpiOptions = {}, library: FactorLibrary = builtInLibrary): KpiTable {
  return tableOfActivity({ file: parseActivityFile(input), notes: [], assumedRegion }, options, library);
}

/** Activity of the years of a table, with what is known about it. */
export interface Activity {
  readonly file: ActivityFile;
  readonly notes: readonly NoteAbout[];
  /** Of what names no region, where one may be assumed. */
  readonly assumedRegion?: string;
}

export function tableOfActivity(activity: Activity, options: KpiOptions, library: FactorLibrary): KpiTable {
  const { file } = activity;
  const { reportingYear, previousYear } = yearsOf(file, options);
  const notes: NoteAbout[] = [...activity.notes];
  if (file.note) notes.push(esgNotes['note-of-file']({ note: file.note }));
  if (file.areasForCheck) notes.push(esgNotes['area-for-check']({ years: file.areasForCheck }));
  if (!previousYear) notes.push(esgNotes['year-alone']({ year: String(Number(reportingYear) - 1) }));
  const choose = factorChoices(activity, reportingYear, options, library, notes);
  const years = previousYear ? [reportingYear, previousYear] : [reportingYear];
  const calculations: Record<string, EmissionResult> = {};
  // Oldest first: a certificate spent on one year is spent for the next.
  const spent: string[] = [];
  for (const year of [...years].reverse()) {
    calculations[year] = calculateYear(activity, year, choose(year), library, spent);
    spent.push(...calculations[year].certificatesUsed);
  }
  requireOneFamily(Object.values(calculations).flatMap((calculation) => calculation.factors));
  const showMarket = years.some((year) => hasMarketData(file.years[year]!));
  const showDirect = years.some((year) => file.years[year]!.fuels !== undefined);
  const exact: Record<string, KpiValues> = {};
  for (const year of years) exact[year] = figures(file, year, calculations[year]!, { showMarket, showDirect });
  const incomplete = Object.fromEntries(years.map((year) => [year, incompleteKeys(calculations[year]!, exact[year]!)]));
  const table: KpiTable = {
    reportingYear,
    ...(previousYear ? { previousYear } : {}),
    years: Object.fromEntries(years.map((year) => [year, print(exact[year]!)])),
    exact,
    incomplete,
    factors: Object.fromEntries(years.map((year) => [year, calculations[year]!.factors])),
    changes: previousYear
      ? changesBetween(exact[previousYear]!, exact[reportingYear]!, Object.values(incomplete).flat())
      : {},
    calculations,
    notes,
  };
  const restatement =
    previousYear && restatementOf(activity, reportingYear, previousYear, options, calculations[previousYear]!, library);
  if (restatement) table.restatement = restatement;
  for (const year of years)
    notes.push(...calculations[year]!.warnings.map(({ line: about, ...note }) => ({ ...note, about })));
  return table;
}

/** Figures that lack what is not known; see `EmissionResult.incomplete`. */
function incompleteKeys({ incomplete, lines }: EmissionResult, values: KpiValues): KpiKey[] {
  const energyUnknown = lines.some(({ reasons = [] }) => reasons.some(({ code }) => code === steamMissing));
  const lacking: KpiKey[] = [
    ...(incomplete.includes('scope2Location')
      ? (['ghgTotal_tCO2e', 'ghgScope2_tCO2e', 'ghgIntensity_tCO2e_per_m2'] as const)
      : []),
    ...(incomplete.includes('scope2Market') ? (['ghgScope2Market_tCO2e'] as const) : []),
    ...(energyUnknown ? (['energyTotal_MWh', 'energyIndirect_MWh', 'energyIntensity_MWh_per_m2'] as const) : []),
  ];
  return lacking.filter((key) => values[key] !== undefined);
}

const steamMissing = esgNotes['steam-state-missing']({ amount: 0 }).code;

function yearsOf(file: ActivityFile, options: KpiOptions): { reportingYear: string; previousYear?: string } {
  const known = Object.keys(file.years).sort();
  const reportingYear = String(options.reportingYear ?? file.reportingYear ?? known.at(-1));
  if (!file.years[reportingYear]) throw esgErrors.ESG_KPI_YEAR_MISSING({ year: reportingYear, years: known });
  const previousYear = String(Number(reportingYear) - 1);
  return file.years[previousYear] ? { reportingYear, previousYear } : { reportingYear };
}

const recalculation = (file: ActivityFile, options: KpiOptions) =>
  options.recalculatePreviousYearWith ?? file.recalculatePreviousYearWith;

/** Chooses the factors of each year, and notes what was chosen without being named. */
function factorChoices(
  { file, assumedRegion: assumed }: Activity,
  reportingYear: string,
  options: KpiOptions,
  library: FactorLibrary,
  notes: NoteAbout[],
): (year: string) => FactorChoice {
  const own = (year: string): FactorChoice => {
    const { factor, residualFactor } = file.years[year]!;
    const { family, replace } = options;
    const region = file.region ?? assumed;
    const choice = factorChoice(
      {
        library,
        year: Number(year),
        factor,
        residualFactor,
        family,
        region,
        assumed: file.region === undefined,
        replace,
      },
      (note) => notes.push({ ...note, about: year }),
    );
    if (options.factor === undefined) return choice;
    // Named for all of the table, whatever the data names: but only for the country that it is of.
    const { region: of } = findFactor(library, options.factor);
    const isOf = (entry: { region?: string }) => entry.region === undefined || sameCountry(entry.region, of);
    return { ...choice, electricity: (entry) => (isOf(entry) ? options.factor : choice.electricity(entry)) };
  };
  const current = own(reportingYear);
  return (year) => {
    if (year === reportingYear) return current;
    if (recalculation(file, options) === 'own') return own(year);
    notes.push(esgNotes['year-recalculated']({ year, reportingYear }));
    const bySite = new Map(electricityEntries(file.years[reportingYear]!).map((entry) => [entry.site, entry.factor]));
    return {
      ...own(year),
      electricity: ({ site, region }) => current.electricity({ factor: bySite.get(site), region }),
    };
  };
}

function calculateYear(
  { file, assumedRegion: assumed }: Activity,
  year: string,
  choice: FactorChoice,
  library: FactorLibrary,
  certificatesUsedBefore: readonly string[] = [],
): EmissionResult {
  return calculateEmissions(
    {
      year: Number(year),
      certificatesUsedBefore: [...certificatesUsedBefore],
      lines: linesOfYear(year, file.years[year]!, choice, file.region ?? assumed),
      ...(file.warmingPotentials ? { warmingPotentials: file.warmingPotentials } : {}),
    },
    library,
  );
}

function figures(
  file: ActivityFile,
  year: string,
  { totals, energy, lines }: EmissionResult,
  show: { showMarket: boolean; showDirect: boolean },
): KpiValues {
  const given = file.years[year]!;
  const water = amountOf(year, 'waterTonnes', given.waterTonnes ?? given.waterM3);
  // Without a line of energy a zero would say that none was used.
  const used: KpiValues = {
    ghgTotal_tCO2e: totals.total,
    ...(show.showDirect ? { ghgScope1_tCO2e: totals.scope1 } : {}),
    ghgScope2_tCO2e: totals.scope2Location,
    ...(show.showMarket ? { ghgScope2Market_tCO2e: totals.scope2Market } : {}),
    energyTotal_MWh: energy.totalMWh,
    ...(show.showDirect ? { energyDirect_MWh: energy.directMWh } : {}),
    energyIndirect_MWh: energy.indirectMWh,
  };
  const values: KpiValues = {
    ...(lines.length > 0 ? used : {}),
    ...(water ? { waterTotal_t: exactText(water) } : {}),
  };
  if (!file.intensities) return inOrder(values);
  const area = floorAreaOf(year, given);
  const perArea = (value: string) => exactText(new Exact(value).div(area));
  if (lines.length > 0) {
    values.ghgIntensity_tCO2e_per_m2 = perArea(totals.total);
    values.energyIntensity_MWh_per_m2 = perArea(energy.totalMWh);
  }
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

/** None for a figure that is incomplete in one of the years: the difference would be of what is missing. */
function changesBetween(before: KpiValues, after: KpiValues, incomplete: readonly KpiKey[]): KpiTable['changes'] {
  const changes: KpiTable['changes'] = {};
  for (const { key, places } of kpiDefinitions) {
    if (before[key] === undefined || after[key] === undefined || incomplete.includes(key)) continue;
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
  activity: Activity,
  reportingYear: string,
  previousYear: string,
  options: KpiOptions,
  recalculated: EmissionResult,
  library: FactorLibrary,
): Restatement | undefined {
  const { file } = activity;
  if (options.factor || recalculation(file, options) === 'own' || !file.years[previousYear]!.factor) return undefined;
  const own = factorChoices(activity, previousYear, { ...options, recalculatePreviousYearWith: 'own' }, library, []);
  const original = calculateYear(activity, previousYear, own(previousYear), library);
  if (original.totals.total === recalculated.totals.total) return undefined;
  return restate(
    original,
    recalculated,
    `${previousYear} is shown with the factor of ${reportingYear} so that the years compare.`,
  );
}
