import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { paths } from '../../../api/generated/schema.d.ts';

type Body<P extends keyof paths, M extends 'post' | 'patch'> = paths[P] extends {
  [key in M]: { requestBody: { content: { 'application/json': infer T } } };
}
  ? T
  : never;
export type BaselineRequest = Body<'/api/energy/baselines', 'post'>;
export type MeasureRequest = Body<'/api/energy/measures', 'post'>;
export type AdjustmentRequest = Body<'/api/energy/measures/{id}/adjustments', 'post'>;

const key = ['energy', 'measures'] as const;

export const useBaseline = () =>
  useMutation({ mutationFn: (body: BaselineRequest) => answer(api.POST('/api/energy/baselines', { body })) });

export const useMeasures = () =>
  useQuery({ queryKey: key, queryFn: async () => (await answer(api.GET('/api/energy/measures'))).items });

function useChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: key }) });
}

export const useAddMeasure = () =>
  useChange((body: MeasureRequest) => answer(api.POST('/api/energy/measures', { body })));

export const useChangeMeasure = (id: string) =>
  useChange((body: { readonly status: MeasureRequest['status'] }) =>
    answer(api.PATCH('/api/energy/measures/{id}', { params: { path: { id } }, body })),
  );

export const useSavings = (id: string) =>
  useChange(() => answer(api.POST('/api/energy/measures/{id}/savings', { params: { path: { id } }, body: {} })));

export const useAdjust = (id: string) =>
  useChange((body: AdjustmentRequest) =>
    answer(api.POST('/api/energy/measures/{id}/adjustments', { params: { path: { id } }, body })),
  );

export const useWithdraw = (id: string) =>
  useChange((adjustment: string) =>
    answer(api.DELETE('/api/energy/measures/{id}/adjustments/{adjustment}', { params: { path: { id, adjustment } } })),
  );
