import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { Item } from '../../../api/types.ts';
import { useNotify } from '../../../components/use-notify.ts';

export type Model = Item<'/api/cloud/models'>;
export type ModelVersion = Item<'/api/cloud/models/{id}/versions'>;

const key = ['models'] as const;

export function useModels() {
  return useQuery({ queryKey: key, queryFn: async () => (await answer(api.GET('/api/cloud/models'))).items });
}

export function useModel(id: string) {
  return useQuery({
    queryKey: [...key, id],
    queryFn: () => answer(api.GET('/api/cloud/models/{id}', { params: { path: { id } } })),
  });
}

export function useVersions(id: string) {
  return useQuery({
    queryKey: [...key, id, 'versions'],
    queryFn: async () => (await answer(api.GET('/api/cloud/models/{id}/versions', { params: { path: { id } } }))).items,
  });
}

/** A change of a version, with its reason. */
export interface Step {
  readonly version: number;
  readonly to: ModelVersion['stage'] | 'shadow' | 'no-shadow';
  readonly reason: string;
}

export function useStep(id: string) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn: async ({ version, to, reason }: Step) => {
      if (to === 'shadow' || to === 'no-shadow') {
        const body = { version: to === 'shadow' ? version : null, reason };
        await answer(api.PUT('/api/cloud/models/{id}/shadow', { params: { path: { id } }, body }));
        return;
      }
      const params = { path: { id, version } };
      const body = { stage: to, reason };
      await answer(api.POST('/api/cloud/models/{id}/versions/{version}/stage', { params, body }));
    },
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
