import type { DeliveryHour, Job, Source, User } from '../../api/types.ts';

/** Something a person should look at, with the page that shows it. */
export type Concern =
  | { readonly kind: 'source'; readonly source: Source; readonly to: string }
  | {
      readonly kind: 'delivery';
      readonly source: Source;
      readonly missing: number;
      readonly partial: number;
      readonly rejected: number;
      readonly to: string;
    }
  | { readonly kind: 'job'; readonly job: Job; readonly to: string }
  | { readonly kind: 'user'; readonly user: User; readonly to: string };

const isTroubled = ({ state }: Source): boolean => state.state === 'offline' || state.state === 'degraded';

/** What asks for someone, the most urgent first. `since` is the beginning of what still counts as new. */
export function concernsOf(
  sources: readonly Source[],
  delivery: readonly DeliveryHour[],
  jobs: readonly Job[],
  users: readonly User[],
  since: number,
  now: number,
): Concern[] {
  const bySource = Map.groupBy(delivery, ({ sourceId }) => sourceId);
  const hoursOf = (id: string, state: DeliveryHour['state']) =>
    (bySource.get(id) ?? []).filter((hour) => hour.state === state).length;
  const gaps = sources.flatMap((source): Concern[] => {
    const [missing, partial] = [hoursOf(source.id, 'missing'), hoursOf(source.id, 'partial')];
    const rejected = (bySource.get(source.id) ?? []).reduce((sum, hour) => sum + hour.rejected, 0);
    return missing + partial + rejected > 0
      ? [{ kind: 'delivery', source, missing, partial, rejected, to: `/delivery?span=24h&source=${source.id}` }]
      : [];
  });
  return [
    ...sources
      .filter(isTroubled)
      .map((source): Concern => ({ kind: 'source', source, to: `/sources?source=${source.id}` })),
    ...gaps,
    ...jobs
      .filter(({ state, createdAt }) => state === 'failed' && Date.parse(createdAt) >= since)
      .map((job): Concern => ({ kind: 'job', job, to: `/jobs?job=${job.id}` })),
    ...users
      .filter(({ lockedUntil }) => lockedUntil !== null && Date.parse(lockedUntil) > now)
      .map((user): Concern => ({ kind: 'user', user, to: `/users?q=${encodeURIComponent(user.name)}` })),
  ];
}
