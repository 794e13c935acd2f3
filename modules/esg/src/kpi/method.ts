import type { Blobs } from '@millwright/blobs';
import type { EvidenceMethod, InputReference } from '@millwright/ledger';
import { type PinnedConstants, pinnedLibrary, type ReadFactor } from '../evidence/pinned-library.ts';
import { type FactorReplacement, replaced, replaceInYear } from '../evidence/replace-factors.ts';
import type { FactorUse, Fuel } from '../factors/factor.ts';
import type { FactorLibrary } from '../factors/library.ts';
import type { ActivityPlan } from '../inventory/plan.ts';
import { type ResolveParts, resolvePlan } from '../inventory/resolve.ts';
import type { ActivityFile } from './activity-file.ts';
import { readActivityFile } from './activity-sheet.ts';
import { type KpiOptions, type KpiTable, kpiTable } from './kpi-table.ts';
import { defaultElectricityFactor } from './year-lines.ts';

export const kpiMethodId = 'esg.kpi';

/** Where the activity data of a table comes from: an uploaded file, or what the database has of each year. */
export type KpiSource =
  | { readonly kind: 'file'; readonly hash: string; readonly fileName: string }
  | { readonly kind: 'database'; readonly plans: readonly ActivityPlan[] };

export interface KpiParameters {
  readonly source: KpiSource;
  readonly options: KpiOptions;
  readonly replace: FactorReplacement;
  readonly constants: PinnedConstants;
}

/** Reads the activity data of a table, the same when it is made and when it is proved. */
export type ReadActivity = (source: KpiSource, inputs: readonly InputReference[]) => Promise<ActivityFile>;

export function activityReader(blobs: Blobs, resolve: ResolveParts): ReadActivity {
  return async (source, inputs) => {
    if (source.kind === 'file') return readActivityFile(await blobs.read(source.hash));
    const years: ActivityFile['years'] = {};
    const notes: string[] = [];
    for (const plan of source.plans) {
      const resolved = await resolvePlan(plan, inputs, resolve);
      const { factor, residualFactor } = plan;
      years[plan.label] = {
        ...resolved.year,
        ...(factor !== undefined && { factor }),
        ...(residualFactor !== undefined && { residualFactor }),
      };
      notes.push(...resolved.notes.map((note) => `${plan.label}: ${note}`));
    }
    const intensities = Object.values(years).every(({ floorAreaM2 }) => floorAreaM2 !== undefined);
    if (!intensities) notes.push('Figures per m2 were left out, as a floor area is missing.');
    return {
      years,
      intensities,
      recalculatePreviousYearWith: 'own',
      ...(notes.length > 0 && { note: notes.join(' ') }),
    };
  };
}

export function kpiMethod(parts: { read: ReadFactor; activity: ReadActivity }): EvidenceMethod {
  return {
    id: kpiMethodId,
    version: '1',
    description:
      'Environmental key figures of a year beside the year before: emissions (GHG Protocol), energy, water, each per m2; exact, rounded only as printed.',
    async run(parameters, inputs) {
      const { source, options, replace, constants } = parameters as KpiParameters;
      const library = await pinnedLibrary(constants, inputs, parts.read);
      const { factor } = options;
      const changed = { ...options, ...(factor !== undefined && { factor: replaced(replace, factor) }) };
      return kpiTable(replaceInFile(await parts.activity(source, inputs), replace, library), changed, library);
    },
  };
}

/** The same data with other factors; a year that names none is told the one that takes the place of its default. */
export function replaceInFile(file: ActivityFile, replace: FactorReplacement, library: FactorLibrary): ActivityFile {
  if (Object.keys(replace).length === 0) return file;
  const years = Object.entries(file.years).map(([label, year]) => {
    const changed = replaceInYear(year, replace);
    if (changed.factor !== undefined) return [label, changed];
    const factor = replace[defaultElectricityFactor(library, Number(label))];
    return [label, factor === undefined ? changed : { ...changed, factor }];
  });
  return { ...file, years: Object.fromEntries(years) };
}

/** Every factor that a table rests on, those of its own restatement included. */
export function factorsOfTable(table: KpiTable): FactorUse[] {
  const { factors, restatement } = table;
  return [...Object.values(factors).flat(), ...(restatement?.factorOld ?? []), ...(restatement?.factorNew ?? [])];
}

export function fuelsOfFile(file: ActivityFile): Set<Fuel> {
  return new Set(Object.values(file.years).flatMap((year) => (year.fuels ?? []).map(({ fuel }) => fuel)));
}
