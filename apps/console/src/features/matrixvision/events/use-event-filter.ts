import { severities } from '@millwright/kernel';
import { useSearchParams } from 'react-router';
import { useSite } from '../../../app/site.tsx';
import { useSettled } from '../../../components/use-settled.ts';
import type { EventFilter } from '../types.ts';

export const reviewStates = ['open', 'confirmed', 'rejected'] as const;
export const spans = { '1h': 1, '24h': 24, '7d': 168, '30d': 720 } as const;
export type Span = keyof typeof spans;

const among = <T extends string>(list: readonly T[], value: string | null): T | undefined =>
  list.find((each) => each === value);

/** What the address says of which events are meant; times by the minute, so that a filter stays the same for a while. */
export function useEventFilter(): EventFilter {
  const { siteId } = useSite();
  const [parameters] = useSearchParams();
  const get = (name: string) => parameters.get(name) || undefined;
  const span = among(Object.keys(spans) as Span[], parameters.get('span'));
  const minute = 60_000;
  const now = Math.floor(Date.now() / minute) * minute;
  return {
    ...(siteId && { site: siteId }),
    camera: get('camera'),
    rule: get('rule'),
    kind: get('kind'),
    severity: among(severities, parameters.get('severity')),
    state: among(reviewStates, parameters.get('state')),
    text: useSettled(get('q'), 250),
    ...(span && { from: new Date(now - spans[span] * 3_600_000).toISOString() }),
  };
}
