import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { paths } from '../../../api/generated/schema.d.ts';

type Body<P extends keyof paths> = paths[P] extends {
  post: { requestBody: { content: { 'application/json': infer T } } };
}
  ? T
  : never;
export type AdviceRequest = Body<'/api/energy/advice'>;
export type FollowUp = Body<'/api/energy/advice/{id}/measure'>;

const key = ['energy', 'advice'] as const;

export const useAdviceList = () =>
  useQuery({ queryKey: key, queryFn: async () => (await answer(api.GET('/api/energy/advice'))).items });

function useChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: ['energy'] }) });
}

export const useCompute = () => useChange((body: AdviceRequest) => answer(api.POST('/api/energy/advice', { body })));

export const useDismiss = (id: string) =>
  useChange((status: 'open' | 'dismissed') =>
    answer(api.PATCH('/api/energy/advice/{id}', { params: { path: { id } }, body: { status } })),
  );

export const useFollowUp = (id: string) =>
  useChange((body: FollowUp) =>
    answer(api.POST('/api/energy/advice/{id}/measure', { params: { path: { id } }, body })),
  );
