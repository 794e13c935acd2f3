import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { useSite } from '../../app/site.tsx';
import { useNotify } from '../../components/use-notify.ts';
import type { NewRollout } from './types.ts';

/** The boxes of the chosen site. */
export function useBoxes() {
  const { siteId } = useSite();
  const query = useQuery({
    queryKey: ['edge', 'boxes'],
    refetchInterval: 5_000,
    queryFn: async () => (await answer(api.GET('/api/cloud/edge/boxes'))).items,
  });
  return { ...query, data: query.data?.filter((box) => !siteId || box.siteId === siteId) };
}

export const useBox = (id: string) =>
  useQuery({
    queryKey: ['edge', 'box', id],
    refetchInterval: 3_000,
    queryFn: () => answer(api.GET('/api/cloud/edge/boxes/{id}', { params: { path: { id } } })),
  });

export const useRollouts = () =>
  useQuery({
    queryKey: ['edge', 'rollouts'],
    refetchInterval: 3_000,
    queryFn: async () => (await answer(api.GET('/api/cloud/edge/rollouts'))).items,
  });

function useEdgeChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn,
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: ['edge'] }),
  });
}

export const useInvite = () =>
  useEdgeChange((body: { siteId: string; name: string }) => answer(api.POST('/api/cloud/edge/boxes', { body })));

export const useInviteAgain = () =>
  useEdgeChange((id: string) => answer(api.POST('/api/cloud/edge/boxes/{id}/code', { params: { path: { id } } })));

export const useHold = () =>
  useEdgeChange(({ id, held }: { id: string; held: boolean }) =>
    answer(api.PATCH('/api/cloud/edge/boxes/{id}', { params: { path: { id } }, body: { held } })),
  );

export const useRemoveBox = () =>
  useEdgeChange((id: string) => answer(api.DELETE('/api/cloud/edge/boxes/{id}', { params: { path: { id } } })));

export const useRollBack = () =>
  useEdgeChange(({ id, revision }: { id: string; revision: number }) =>
    answer(api.POST('/api/cloud/edge/boxes/{id}/rollback', { params: { path: { id } }, body: { revision } })),
  );

export const useCommand = () =>
  useEdgeChange(({ id, kind }: { id: string; kind: 'restart' | 'log' }) =>
    answer(api.POST('/api/cloud/edge/boxes/{id}/commands', { params: { path: { id } }, body: { kind } })),
  );

export const useStartRollout = () =>
  useEdgeChange((body: NewRollout) => answer(api.POST('/api/cloud/edge/rollouts', { body })));

export const useRolloutStep = () =>
  useEdgeChange(({ id, step }: { id: string; step: 'pause' | 'resume' | 'rollback' }) =>
    answer(api.POST('/api/cloud/edge/rollouts/{id}/{step}', { params: { path: { id, step } } })),
  );
