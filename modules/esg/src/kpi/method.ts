import type { Blobs } from '@millwright/blobs';
import type { EvidenceMethod, InputReference } from '@millwright/ledger';
import { type PinnedConstants, pinnedLibrary, type ReadFactor } from '../evidence/pinned-library.ts';
import type { FactorUse, Fuel } from '../factors/factor.ts';
import type { ActivityFile } from './activity-file.ts';
import { readActivityFile } from './activity-sheet.ts';
import { type KpiOptions, type KpiTable, kpiTable } from './kpi-table.ts';

export const kpiMethodId = 'esg.kpi';

/** Where the activity data of a table comes from. */
export type KpiSource = { readonly kind: 'file'; readonly hash: string; readonly fileName: string };

export interface KpiParameters {
  readonly source: KpiSource;
  readonly options: KpiOptions;
  readonly constants: PinnedConstants;
}

/** Reads the activity data of a table, the same when it is made and when it is proved. */
export type ReadActivity = (source: KpiSource, inputs: readonly InputReference[]) => Promise<ActivityFile>;

export function activityReader(blobs: Blobs): ReadActivity {
  return async (source) => readActivityFile(await blobs.read(source.hash));
}

export function kpiMethod(parts: { read: ReadFactor; activity: ReadActivity }): EvidenceMethod {
  return {
    id: kpiMethodId,
    version: '1',
    description:
      'Environmental key figures of a year beside the year before: emissions (GHG Protocol), energy, water, each per m2; exact, rounded only as printed.',
    async run(parameters, inputs) {
      const { source, options, constants } = parameters as KpiParameters;
      const library = await pinnedLibrary(constants, inputs, parts.read);
      return kpiTable(await parts.activity(source, inputs), options, library);
    },
  };
}

/** Every factor that a table rests on, those of its own restatement included. */
export function factorsOfTable(table: KpiTable): FactorUse[] {
  const { factors, restatement } = table;
  return [...Object.values(factors).flat(), ...(restatement?.factorOld ?? []), ...(restatement?.factorNew ?? [])];
}

export function fuelsOfFile(file: ActivityFile): Set<Fuel> {
  return new Set(Object.values(file.years).flatMap((year) => (year.fuels ?? []).map(({ fuel }) => fuel)));
}
