import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { Answer, Item } from '../../../api/types.ts';
import { useNotify } from '../../../components/use-notify.ts';

export type Experiment = Item<'/api/orion/experiments'>;
export type Trial = Item<'/api/orion/experiments/{id}/trials'>;
export type Curve = Answer<'/api/orion/trials/{id}/curve'>['items'];

const key = ['experiments'] as const;
/** While trials run; what has ended changes only by a person. */
const busyMs = 1_500;
const mostTrials = 1_000;

const isOpen = (experiment: Experiment | undefined) => experiment !== undefined && experiment.progress < 1;

export function useExperiments() {
  return useQuery({
    queryKey: key,
    queryFn: async () => (await answer(api.GET('/api/orion/experiments'))).items,
    refetchInterval: (query) => (query.state.data?.some(isOpen) ? busyMs : 15_000),
  });
}

export function useExperiment(id: string) {
  return useQuery({
    queryKey: [...key, id],
    queryFn: () => answer(api.GET('/api/orion/experiments/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (isOpen(query.state.data) ? busyMs : 15_000),
  });
}

export function useTrials(id: string, busy: boolean) {
  return useQuery({
    queryKey: [...key, id, 'trials', busy],
    queryFn: async () => {
      const params = { path: { id }, query: { limit: mostTrials } };
      return (await answer(api.GET('/api/orion/experiments/{id}/trials', { params }))).items;
    },
    refetchInterval: busy ? busyMs : false,
    placeholderData: (previous) => previous,
  });
}

export function useCurve(id: string, busy: boolean) {
  return useQuery({
    queryKey: ['trial-curve', id, busy],
    queryFn: async () => (await answer(api.GET('/api/orion/trials/{id}/curve', { params: { path: { id } } }))).items,
    refetchInterval: busy ? busyMs : false,
  });
}

/** Ends what runs, or queues again what was ended. */
export function useSteer(id: string) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn: (step: 'cancel' | 'resume') => {
      const params = { params: { path: { id } } };
      return answer(
        step === 'cancel'
          ? api.POST('/api/orion/experiments/{id}/cancel', params)
          : api.POST('/api/orion/experiments/{id}/resume', params),
      );
    },
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useRegister() {
  const { failed } = useNotify();
  return useMutation({
    mutationFn: ({ trialId, name }: { trialId: string; name: string }) =>
      answer(api.POST('/api/orion/trials/{id}/register', { params: { path: { id: trialId } }, body: { name } })),
    onError: failed,
  });
}
