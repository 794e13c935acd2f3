import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { Period } from '../shared/period.ts';

const key = ['energy', 'tariffs'] as const;

export const useTariffs = () =>
  useQuery({
    queryKey: [...key, 'list'],
    queryFn: async () => (await answer(api.GET('/api/energy/tariffs'))).items,
  });

export const useAssignments = () =>
  useQuery({
    queryKey: [...key, 'assignments'],
    queryFn: async () => (await answer(api.GET('/api/energy/tariffs/assignments'))).items,
  });

function useChange<Input>(mutationFn: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: key }) });
}

/** Takes a tariff file as it is; the server lists everything that is wrong with it. */
export const useAddTariff = () =>
  useChange(async (file: File) => {
    const body = JSON.parse(await file.text()) as Record<string, unknown>;
    return answer(api.POST('/api/energy/tariffs', { body }));
  });

/** The examples that come with the server; their prices are made up. */
export const useAddExamples = () =>
  useChange(async () => {
    const { items } = await answer(api.GET('/api/energy/tariffs/examples'));
    for (const { content } of items)
      await answer(api.POST('/api/energy/tariffs', { body: content as unknown as Record<string, unknown> }));
  });

export interface NewAssignment {
  readonly tariff: string;
  readonly siteId: string;
  readonly validFrom: string;
  readonly transformerCapacitykVA: number | null;
}

export const useAssign = () =>
  useChange(({ tariff, ...body }: NewAssignment) =>
    answer(api.POST('/api/energy/tariffs/{id}/assignments', { params: { path: { id: tariff } }, body })),
  );

/** Asking records a finding, so the same bill is asked for once per visit. */
export const useBill = (siteId: string, period: Period, tariff: string | undefined, enabled: boolean) =>
  useQuery({
    queryKey: ['energy', 'bill', siteId, period, tariff],
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => {
      const body = { siteId, from: period.from, to: period.to, ...(tariff && { tariff }) };
      return answer(api.POST('/api/energy/bills', { body }));
    },
  });
