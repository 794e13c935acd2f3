import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import type { ModelTrial, NewModel } from '../types.ts';

const modelsKey = ['matrixvision', 'models'] as const;

export function useModels() {
  const { may } = useSession();
  return useQuery({
    queryKey: modelsKey,
    enabled: may('matrixvision.camera.read'),
    queryFn: () => answer(api.GET('/api/matrixvision/models')),
  });
}

/** Models of the chosen site, and those that come with the product. */
export function useSiteModels() {
  const { siteId } = useSite();
  const query = useModels();
  const { data } = query;
  return {
    ...query,
    data: data && { ...data, items: data.items.filter((model) => !siteId || model.siteId === siteId) },
  };
}

/** What the server finds in an uploaded network; the caller shows what goes wrong. */
export const describeModel = (network: string) =>
  answer(api.POST('/api/matrixvision/models/describe', { body: { network } }));

/** Runs a model; the caller shows what goes wrong. */
export const tryModel = (body: ModelTrial) => answer(api.POST('/api/matrixvision/models/try', { body }));

/** Registers a network with its card; the caller shows what goes wrong, since it says where. */
export function useAddModel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewModel) => answer(api.POST('/api/matrixvision/models', { body })),
    onSettled: () => client.invalidateQueries({ queryKey: modelsKey }),
  });
}

function useModelChange<Output>(mutationFn: (id: string) => Promise<Output>) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn,
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: modelsKey }),
  });
}

export const useRemoveModel = () =>
  useModelChange((id) => answer(api.DELETE('/api/matrixvision/models/{id}', { params: { path: { id } } })));

export const useRestoreModel = () =>
  useModelChange((id) => answer(api.POST('/api/matrixvision/models/{id}/restore', { params: { path: { id } } })));
