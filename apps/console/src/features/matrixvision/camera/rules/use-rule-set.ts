import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../../api/client.ts';
import { camerasKey } from '../../shared/use-cameras.ts';
import type { RuleSet } from '../../types.ts';
import type { Draft } from './draft.ts';

const keyOf = (cameraId: string) => ['matrixvision', 'rules', cameraId] as const;
const path = (id: string) => ({ path: { id } });

export const useRuleSet = (cameraId: string) =>
  useQuery({
    queryKey: [...keyOf(cameraId), 'current'],
    queryFn: () => answer(api.GET('/api/matrixvision/cameras/{id}/rules', { params: path(cameraId) })),
  });

/** All versions, newest first. */
export const useRuleHistory = (cameraId: string) =>
  useQuery({
    queryKey: [...keyOf(cameraId), 'history'],
    queryFn: async () =>
      (await answer(api.GET('/api/matrixvision/cameras/{id}/rules/history', { params: path(cameraId) }))).items,
  });

export function useSaveRules(cameraId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: Draft) =>
      answer(
        api.PUT('/api/matrixvision/cameras/{id}/rules', {
          params: path(cameraId),
          body: draft as unknown as RuleSet['rules'],
        }),
      ),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keyOf(cameraId) }),
        client.invalidateQueries({ queryKey: camerasKey }),
      ]),
  });
}
