import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { DeliveryHour } from '../../../api/types.ts';
import { hourMs } from './hours.ts';

/** As many as the server takes in one request. */
const mostSources = 200;

/** Hours of the sources named, or of all of them. */
export async function fetchDelivery(from: number, to: number, sourceIds?: readonly string[]): Promise<DeliveryHour[]> {
  const period = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const ask = async (sourceId?: string[]) =>
    (await answer(api.GET('/api/cloud/delivery', { params: { query: { ...period, sourceId } } }))).items;
  if (!sourceIds) return ask();
  const items: DeliveryHour[] = [];
  for (let at = 0; at < sourceIds.length; at += mostSources)
    items.push(...(await ask(sourceIds.slice(at, at + mostSources))));
  return items;
}

export function useDelivery(
  from: number,
  to: number,
  options: { enabled?: boolean; sourceIds?: readonly string[] } = {},
) {
  const { enabled = true, sourceIds } = options;
  return useQuery({
    queryKey: ['cloud', 'delivery', from, to, sourceIds],
    enabled,
    refetchInterval: 60_000,
    placeholderData: (previous) => previous,
    queryFn: () => fetchDelivery(from, to, sourceIds),
  });
}

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
