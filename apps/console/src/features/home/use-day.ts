import { useMemo } from 'react';
import type { DeliveryHour, Source } from '../../api/types.ts';
import { useSession } from '../../app/session.tsx';
import { hourMs, hoursOf } from '../cloud/delivery/hours.ts';
import { useDelivery } from '../cloud/delivery/use-delivery.ts';
import { useSiteSources } from '../cloud/use-cloud.ts';

export interface DayOfPlant {
  readonly sources: readonly Source[];
  readonly delivery: readonly DeliveryHour[];
  /** Beginnings of the last 24 hours, the running one included. */
  readonly hours: readonly number[];
  readonly loading: boolean;
}

/** Sources of the chosen site and what arrived from them in the last day. */
export function useDay(): DayOfPlant {
  const { may } = useSession();
  const to = Math.ceil(Date.now() / hourMs) * hourMs;
  const from = to - 24 * hourMs;
  const sources = useSiteSources();
  const delivery = useDelivery(from, to, { enabled: may('cloud.data.read') });
  return useMemo(
    () => ({
      sources: sources.data ?? [],
      delivery: delivery.data ?? [],
      hours: hoursOf(from, to),
      loading: sources.isLoading || delivery.isLoading,
    }),
    [sources.data, delivery.data, from, to, sources.isLoading, delivery.isLoading],
  );
}
