import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useNotify } from '../../../components/use-notify.ts';
import { datasetsKey } from '../shared/use-datasets.ts';

const path = (id: string) => ({ params: { path: { id } } });
const versionsKey = (id: string) => [...datasetsKey, 'versions', id];

/** Newest first. */
export function useDatasetVersions(id: string) {
  return useQuery({
    queryKey: versionsKey(id),
    queryFn: async () => (await answer(api.GET('/api/manuvision/datasets/{id}/versions', path(id)))).items,
  });
}

export function useFreeze(id: string) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/manuvision/datasets/{id}/versions', path(id))),
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: versionsKey(id) }),
  });
}
