import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { useSite } from '../../app/site.tsx';
import { moreRows } from '../../components/data-table/more-rows.ts';
import { useNotify } from '../../components/use-notify.ts';
import type { ChannelChange, Delivery, NewChannel } from './types.ts';

const channelsKey = ['alerts', 'channels'] as const;
const deliveriesKey = ['alerts', 'deliveries'] as const;

export const useChannels = () =>
  useQuery({
    queryKey: channelsKey,
    refetchInterval: 5_000,
    queryFn: async () => (await answer(api.GET('/api/cloud/alerts/channels'))).items,
  });

/** Those of the chosen site, and those of all sites, which take its alerts too. */
export function useSiteChannels() {
  const { siteId } = useSite();
  const query = useChannels();
  return { ...query, data: query.data?.filter((one) => !siteId || !one.siteId || one.siteId === siteId) };
}

/** Kinds of channels, and whether the server can send mail at all. */
export const useChannelKinds = () =>
  useQuery({
    queryKey: ['alerts', 'channel-kinds'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => answer(api.GET('/api/cloud/alerts/channel-kinds')),
  });

function useAlertChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn,
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: ['alerts'] }),
  });
}

export const useCreateChannel = () =>
  useAlertChange((body: NewChannel) => answer(api.POST('/api/cloud/alerts/channels', { body })));

export const useChangeChannel = () =>
  useAlertChange(({ id, ...body }: ChannelChange & { id: string }) =>
    answer(api.PATCH('/api/cloud/alerts/channels/{id}', { params: { path: { id } }, body })),
  );

export const useRemoveChannel = () =>
  useAlertChange((id: string) => answer(api.DELETE('/api/cloud/alerts/channels/{id}', { params: { path: { id } } })));

export const useRestoreChannel = () =>
  useAlertChange((id: string) =>
    answer(api.POST('/api/cloud/alerts/channels/{id}/restore', { params: { path: { id } } })),
  );

export const useRenewSecret = () =>
  useAlertChange((id: string) =>
    answer(api.POST('/api/cloud/alerts/channels/{id}/secret', { params: { path: { id } } })),
  );

export const useTestChannel = () =>
  useAlertChange((id: string) =>
    answer(api.POST('/api/cloud/alerts/channels/{id}/test', { params: { path: { id } } })),
  );

export const useResend = () =>
  useAlertChange((id: string) =>
    answer(api.POST('/api/cloud/alerts/deliveries/{id}/resend', { params: { path: { id } } })),
  );

export interface DeliveryFilter {
  readonly state?: Delivery['state'];
  readonly channelId?: string;
}

const pageSize = 200;

const fetchDeliveries = async (filter: DeliveryFilter, after: string | undefined) =>
  (await answer(api.GET('/api/cloud/alerts/deliveries', { params: { query: { ...filter, after, limit: pageSize } } })))
    .items;

async function fetchAll(filter: DeliveryFilter): Promise<Delivery[]> {
  const all: Delivery[] = [];
  for (;;) {
    const page = await fetchDeliveries(filter, all.at(-1)?.id);
    all.push(...page);
    if (page.length < pageSize) return all;
  }
}

/** Deliveries a page at a time, newest first. */
export function useDeliveries(filter: DeliveryFilter) {
  const query = useInfiniteQuery({
    queryKey: [...deliveriesKey, filter],
    refetchInterval: 5_000,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => fetchDeliveries(filter, pageParam),
    getNextPageParam: (last) => (last.length < pageSize ? undefined : last.at(-1)?.id),
    select: (data) => data.pages.flat(),
    placeholderData: (previous) => previous,
  });
  return { ...query, more: moreRows(query, () => fetchAll(filter)) };
}

export const useDelivery = (id: string) =>
  useQuery({
    queryKey: [...deliveriesKey, 'one', id],
    refetchInterval: 5_000,
    queryFn: () => answer(api.GET('/api/cloud/alerts/deliveries/{id}', { params: { path: { id } } })),
  });
