import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useNotify } from '../../../components/use-notify.ts';
import type { StudyInput } from '../types.ts';

const key = ['manuvision', 'studies'] as const;
const path = (id: string) => ({ params: { path: { id } } });

/** Newest first. */
export const useStudies = (inspection: string) =>
  useQuery({
    queryKey: [...key, inspection],
    queryFn: async () => (await answer(api.GET('/api/manuvision/inspections/{id}/studies', path(inspection)))).items,
  });

export function useRefreshStudies() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: key });
}

/** Answers the job. */
export function useBeginStudy(inspection: string) {
  const { failed } = useNotify();
  return useMutation({
    mutationFn: async (body: StudyInput) =>
      (await answer(api.POST('/api/manuvision/inspections/{id}/study', { ...path(inspection), body }))).jobId,
    onError: failed,
  });
}
