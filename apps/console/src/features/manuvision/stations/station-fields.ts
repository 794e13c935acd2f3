import type { NewStation, Station } from '../types.ts';

export const sources = ['sent', 'folder', 'camera'] as const;
export const takes = ['trigger', 'interval', 'part'] as const;

type Camera = NonNullable<Station['camera']>;

/** Of the form: shares in percent, and the camera's words one by one. */
export interface StationFields {
  readonly name: string;
  readonly version: number;
  readonly source: (typeof sources)[number];
  readonly folder: string;
  /** Empty: the server judges. */
  readonly boxId: string;
  readonly camera: Omit<Camera, 'take'> & { readonly when: (typeof takes)[number]; readonly seconds: number };
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
  const { take, ...reached } = station?.camera ?? {
    url: '',
    transport: 'tcp' as const,
    take: { when: 'trigger' as const },
  };
  return {
    ...{ name: station?.name ?? fresh.name, version: fresh.version },
    source: station?.camera ? 'camera' : station?.folder ? 'folder' : 'sent',
    ...{ folder: station?.folder ?? '', boxId: station?.boxId ?? '' },
    camera: { ...reached, when: take.when, seconds: take.when === 'interval' ? take.seconds : 5 },
    keep: { ...keep, passed: percent(keep.passed), near: keep.near === null ? null : percent(keep.near) },
  };
}

/** What the form says, as the server takes it; fields that were not shown are of another source. */
export function settingsOf(fields: StationFields): Omit<NewStation, 'siteId' | 'inspectionId'> {
  const { name, version, source, folder, boxId, camera, keep } = fields;
  return {
    ...{ name, version },
    folder: source === 'folder' ? folder.trim() : null,
    camera: source === 'camera' ? cameraOf(camera) : null,
    boxId: source === 'sent' ? null : boxId || null,
    keep: {
      ...{ rejected: keep.rejected, refused: keep.refused, passed: share(keep.passed) ?? 0, near: share(keep.near) },
      // What was emptied is no rule.
      ...{ first: keep.first ?? null, days: keep.days ?? null, megabytes: keep.megabytes ?? null },
    },
  };
}

const cameraOf = ({ url, username, password, transport, when, seconds }: StationFields['camera']): Camera => ({
  ...{ url: url.trim(), transport: transport ?? 'tcp' },
  ...(username && { username }),
  ...(password && { password }),
  take: when === 'interval' ? { when, seconds } : { when },
});
