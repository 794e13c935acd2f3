import type { NewStation, Station } from '../types.ts';

/** Of the form: shares in percent. */
export interface StationFields {
  readonly name: string;
  readonly version: number;
  readonly folder: string;
  readonly keep: Station['keep'];
}

const percent = (share: number) => Number((share * 100).toPrecision(12));
const share = (value: number | null | undefined) => (value == null ? null : Number((value / 100).toPrecision(12)));

const usualKeep: Station['keep'] = {
  ...{ rejected: true, refused: true, passed: 0.01 },
  ...{ near: null, first: null, days: null, megabytes: null },
};

/** What the form shows of a station, or begins a new one with. */
export function fieldsOf(station: Station | undefined, fresh: { name: string; version: number }): StationFields {
  const keep = station?.keep ?? usualKeep;
  return {
    ...{ name: station?.name ?? fresh.name, version: fresh.version, folder: station?.folder ?? '' },
    keep: { ...keep, passed: percent(keep.passed), near: keep.near === null ? null : percent(keep.near) },
  };
}

/** What the form says, as the server takes it. */
export function settingsOf({
  name,
  version,
  folder,
  keep,
}: StationFields): Omit<NewStation, 'siteId' | 'inspectionId'> {
  return {
    ...{ name, version, folder: folder.trim() || null },
    keep: {
      ...{ rejected: keep.rejected, refused: keep.refused, passed: share(keep.passed) ?? 0, near: share(keep.near) },
      // What was emptied is no rule.
      ...{ first: keep.first ?? null, days: keep.days ?? null, megabytes: keep.megabytes ?? null },
    },
  };
}
