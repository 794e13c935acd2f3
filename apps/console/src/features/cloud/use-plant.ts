import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/generated/schema.d.ts';
import type { PlantNode } from '../../api/types.ts';
import { useSession } from '../../app/session.tsx';
import { useNotify } from '../../components/use-notify.ts';

type Json<P> = P extends { requestBody: { content: { 'application/json': infer B } } } ? B : never;
export type NewNode = Json<paths['/api/cloud/nodes']['post']>;
export type NodeChange = Json<paths['/api/cloud/nodes/{id}']['patch']>;

const key = ['cloud', 'tree'] as const;
const none: readonly PlantNode[] = [];

export function useTree() {
  const { may } = useSession();
  return useQuery({
    queryKey: key,
    enabled: may('cloud.plant.read'),
    staleTime: 30_000,
    queryFn: async () => (await answer(api.GET('/api/cloud/tree'))).items,
  });
}

/** The sites this person may see. */
export function useSites(): readonly PlantNode[] {
  const nodes = useTree().data ?? none;
  return useMemo(() => nodes.filter(({ kind }) => kind === 'site'), [nodes]);
}

function useTreeChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn,
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: ['cloud'] }),
  });
}

export const useCreateNode = () => useTreeChange((body: NewNode) => answer(api.POST('/api/cloud/nodes', { body })));

export const useChangeNode = () =>
  useTreeChange(({ id, ...body }: NodeChange & { id: string }) =>
    answer(api.PATCH('/api/cloud/nodes/{id}', { params: { path: { id } }, body })),
  );

export const useRestoreNode = () =>
  useTreeChange((id: string) => answer(api.POST('/api/cloud/nodes/{id}/restore', { params: { path: { id } } })));

export const useRemoveNode = () =>
  useTreeChange((id: string) => answer(api.DELETE('/api/cloud/nodes/{id}', { params: { path: { id } } })));
