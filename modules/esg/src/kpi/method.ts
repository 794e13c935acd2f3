import type { Blobs } from '@millwright/blobs';
import type { EvidenceMethod, InputReference } from '@millwright/ledger';
import { type PinnedConstants, pinnedLibrary, type ReadFactor } from '../evidence/pinned-library.ts';
import { type FactorReplacement, replaced, replaceInYear } from '../evidence/replace-factors.ts';
import type { FactorUse, Fuel } from '../factors/factor.ts';
import { assumedRegion } from '../factors/factor-choice.ts';
import type { ActivityPlan } from '../inventory/plan.ts';
import { type ResolveParts, resolvePlan } from '../inventory/resolve.ts';
import { esgNotes, type NoteAbout } from '../notes.ts';
import type { ActivityFile } from './activity-file.ts';
import { readActivityFile } from './activity-sheet.ts';
import { type Activity, type KpiOptions, type KpiTable, tableOfActivity } from './kpi-table.ts';

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
export type ReadActivity = (source: KpiSource, inputs: readonly InputReference[]) => Promise<Activity>;

export function activityReader(blobs: Blobs, resolve: ResolveParts): ReadActivity {
  return async (source, inputs) => {
    if (source.kind === 'file')
      return { file: await readActivityFile(await blobs.read(source.hash)), notes: [], assumedRegion };
    const years: ActivityFile['years'] = {};
    const notes: NoteAbout[] = [];
    for (const plan of source.plans) {
      const resolved = await resolvePlan(plan, inputs, resolve);
      const { factor, residualFactor } = plan;
      years[plan.label] = {
        ...resolved.year,
        ...(factor !== undefined && { factor }),
        ...(residualFactor !== undefined && { residualFactor }),
      };
      notes.push(...resolved.notes.map((note) => ({ ...note, about: plan.label })));
    }
    const intensities = Object.values(years).every(({ floorAreaM2 }) => floorAreaM2 !== undefined);
    if (!intensities) notes.push(esgNotes['area-missing']());
    return { file: { years, intensities, recalculatePreviousYearWith: 'own' }, notes };
  };
}

export function kpiMethod(parts: { read: ReadFactor; activity: ReadActivity }): EvidenceMethod {
  return {
    id: kpiMethodId,
    version: '2',
    description:
      'Environmental key figures of a year beside the year before: emissions (GHG Protocol), energy, water, each per m2; exact, rounded only as printed.',
    async run(parameters, inputs) {
      const { source, options, replace, constants } = parameters as KpiParameters;
      const library = await pinnedLibrary(constants, inputs, parts.read);
      const { factor } = options;
      const changed = { ...options, replace, ...(factor !== undefined && { factor: replaced(replace, factor) }) };
      const activity = await parts.activity(source, inputs);
      return tableOfActivity({ ...activity, file: replaceInFile(activity.file, replace) }, changed, library);
    },
  };
}

/** The same data with other factors, where it names them. */
function replaceInFile(file: ActivityFile, replace: FactorReplacement): ActivityFile {
  const years = Object.entries(file.years).map(([label, year]) => [label, replaceInYear(year, replace)]);
  return { ...file, years: Object.fromEntries(years) };
}

/** Factors that the data or the request names for a whole year. */
export function factorsNamed({ years }: ActivityFile, { factor }: KpiOptions): (string | undefined)[] {
  return [factor, ...Object.values(years).flatMap((year) => [year.factor, year.residualFactor])];
}

/** Every factor that a table rests on, those of its own restatement included. */
export function factorsOfTable(table: KpiTable): FactorUse[] {
  const { factors, restatement } = table;
  return [...Object.values(factors).flat(), ...(restatement?.factorOld ?? []), ...(restatement?.factorNew ?? [])];
}

export function fuelsOfFile(file: ActivityFile): Set<Fuel> {
  return new Set(Object.values(file.years).flatMap((year) => (year.fuels ?? []).map(({ fuel }) => fuel)));
}
