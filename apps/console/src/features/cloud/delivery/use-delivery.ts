import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { DeliveryHour } from '../../../api/types.ts';
import { hourMs } from './hours.ts';

export const useDelivery = (from: number, to: number, enabled = true) =>
  useQuery({
    queryKey: ['cloud', 'delivery', from, to],
    enabled,
    refetchInterval: 60_000,
    placeholderData: (previous) => previous,
    queryFn: async () => {
      const query = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
      return (await answer(api.GET('/api/cloud/delivery', { params: { query } }))).items;
    },
  });

/** What was turned away in one hour of one source, as it came. */
export const useRejections = (hour: DeliveryHour) =>
  useQuery({
    queryKey: ['cloud', 'rejections', hour.sourceId, hour.hour],
    enabled: hour.rejected > 0,
    queryFn: async () => {
      const from = Date.parse(hour.hour);
      const query = {
        sourceId: hour.sourceId,
        from: new Date(from).toISOString(),
        to: new Date(from + hourMs).toISOString(),
      };
      return (await answer(api.GET('/api/cloud/rejections', { params: { query } }))).items;
    },
  });
