import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/generated/schema.d.ts';
import { useNotify } from '../../components/use-notify.ts';

type Body<P> = P extends { requestBody: { content: { 'application/json': infer B } } } ? B : never;
type OrderQuery = NonNullable<paths['/api/cloud/orders']['get']['parameters']['query']>;
type IncidentQuery = NonNullable<paths['/api/orion/incidents']['get']['parameters']['query']>;

const freshMs = 10_000;

export const useMonitors = () =>
  useQuery({
    queryKey: ['orion', 'monitors'],
    refetchInterval: freshMs,
    queryFn: async () => (await answer(api.GET('/api/orion/monitors'))).items,
  });

export const useMonitor = (id: string) =>
  useQuery({
    queryKey: ['orion', 'monitors', id],
    refetchInterval: 3_000,
    queryFn: () => answer(api.GET('/api/orion/monitors/{id}', { params: { path: { id } } })),
  });

export const useHealth = (id: string, days: number) =>
  useQuery({
    queryKey: ['orion', 'health', id, days],
    refetchInterval: freshMs,
    queryFn: async () =>
      (await answer(api.GET('/api/orion/monitors/{id}/health', { params: { path: { id }, query: { days } } }))).items,
  });

export const useModelHealth = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['orion', 'model-health', id],
    enabled,
    staleTime: 60_000,
    queryFn: () =>
      answer(api.GET('/api/orion/monitors/{id}/model-health', { params: { path: { id }, query: { days: 14 } } })),
  });

export const useProposal = (nodeId: string | undefined) =>
  useQuery({
    queryKey: ['orion', 'proposal', nodeId],
    enabled: nodeId !== undefined,
    queryFn: () => answer(api.GET('/api/orion/monitors/proposal', { params: { query: { nodeId: nodeId! } } })),
  });

export const useIncidents = (query: IncidentQuery) =>
  useQuery({
    queryKey: ['orion', 'incidents', query],
    refetchInterval: freshMs,
    placeholderData: (previous) => previous,
    queryFn: async () =>
      (await answer(api.GET('/api/orion/incidents', { params: { query: { limit: 500, ...query } } }))).items,
  });

export const useIncident = (id: string) =>
  useQuery({
    queryKey: ['orion', 'incidents', id],
    refetchInterval: freshMs,
    queryFn: () => answer(api.GET('/api/orion/incidents/{id}', { params: { path: { id } } })),
  });

export const useIncidentSeries = (id: string) =>
  useQuery({
    queryKey: ['orion', 'series', id],
    staleTime: 60_000,
    queryFn: () => answer(api.GET('/api/orion/incidents/{id}/series', { params: { path: { id } } })),
  });

export const useOrders = (query: OrderQuery) =>
  useQuery({
    queryKey: ['orion', 'orders', query],
    refetchInterval: freshMs,
    placeholderData: (previous) => previous,
    queryFn: async () =>
      (await answer(api.GET('/api/cloud/orders', { params: { query: { limit: 500, ...query } } }))).items,
  });

export const useOrder = (id: string) =>
  useQuery({
    queryKey: ['orion', 'orders', id],
    refetchInterval: freshMs,
    queryFn: () => answer(api.GET('/api/cloud/orders/{id}', { params: { path: { id } } })),
  });

export const useOrderHistory = (id: string) =>
  useQuery({
    queryKey: ['orion', 'order-history', id],
    queryFn: async () => (await answer(api.GET('/api/cloud/orders/{id}/history', { params: { path: { id } } }))).items,
  });

export const usePeople = (siteId: string | undefined) =>
  useQuery({
    queryKey: ['orion', 'people', siteId],
    enabled: siteId !== undefined,
    queryFn: async () =>
      (await answer(api.GET('/api/cloud/orders/people', { params: { query: { siteId: siteId! } } }))).items,
  });

function useChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn,
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: ['orion'] }),
  });
}

export const useWatch = () =>
  useChange((body: Body<paths['/api/orion/monitors']['post']>) => answer(api.POST('/api/orion/monitors', { body })));

export const useLearn = (id: string) =>
  useChange((body: Body<paths['/api/orion/monitors/{id}/learn']['post']>) =>
    answer(api.POST('/api/orion/monitors/{id}/learn', { params: { path: { id } }, body })),
  );

export const usePromote = (id: string) =>
  useChange((reason: string) =>
    answer(api.POST('/api/orion/monitors/{id}/promote', { params: { path: { id } }, body: { reason } })),
  );

export const useDrop = (id: string) =>
  useChange((reason: string) =>
    answer(api.POST('/api/orion/monitors/{id}/drop', { params: { path: { id } }, body: { reason } })),
  );

export const usePause = (id: string) =>
  useChange((paused: boolean) =>
    answer(api.POST('/api/orion/monitors/{id}/pause', { params: { path: { id } }, body: { paused } })),
  );

export const useJudge = (id: string) =>
  useChange((body: Body<paths['/api/orion/incidents/{id}/verdict']['post']>) =>
    answer(api.POST('/api/orion/incidents/{id}/verdict', { params: { path: { id } }, body })),
  );

export const useReopen = (id: string) =>
  useChange((_: undefined) => answer(api.POST('/api/orion/incidents/{id}/reopen', { params: { path: { id } } })));

export const useRaiseFromIncident = (id: string) =>
  useChange((body: Body<paths['/api/orion/incidents/{id}/order']['post']>) =>
    answer(api.POST('/api/orion/incidents/{id}/order', { params: { path: { id } }, body })),
  );

export const useRaise = () =>
  useChange((body: Body<paths['/api/cloud/orders']['post']>) => answer(api.POST('/api/cloud/orders', { body })));

export const useChangeOrder = (id: string) =>
  useChange((body: Body<paths['/api/cloud/orders/{id}']['patch']>) =>
    answer(api.PATCH('/api/cloud/orders/{id}', { params: { path: { id } }, body })),
  );

export const useMove = () =>
  useChange(({ id, ...body }: Body<paths['/api/cloud/orders/{id}/move']['post']> & { id: string }) =>
    answer(api.POST('/api/cloud/orders/{id}/move', { params: { path: { id } }, body })),
  );

export const useTick = (id: string) =>
  useChange(({ item, done }: { item: string; done: boolean }) =>
    answer(api.POST('/api/cloud/orders/{id}/checklist/{item}', { params: { path: { id, item } }, body: { done } })),
  );

export const useComment = (id: string) =>
  useChange((text: string) =>
    answer(api.POST('/api/cloud/orders/{id}/comments', { params: { path: { id } }, body: { text } })),
  );

export const useAddPart = (id: string) =>
  useChange((body: Body<paths['/api/cloud/orders/{id}/parts']['post']>) =>
    answer(api.POST('/api/cloud/orders/{id}/parts', { params: { path: { id } }, body })),
  );

export const useAddTime = (id: string) =>
  useChange((body: Body<paths['/api/cloud/orders/{id}/times']['post']>) =>
    answer(api.POST('/api/cloud/orders/{id}/times', { params: { path: { id } }, body })),
  );

export const useRemovePhoto = (id: string) =>
  useChange((hash: string) =>
    answer(api.DELETE('/api/cloud/orders/{id}/photos/{hash}', { params: { path: { id, hash } } })),
  );
