import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useNotify } from '../../../components/use-notify.ts';
import { stationsKey } from '../shared/use-stations.ts';
import type { ReportInput } from '../types.ts';

const path = (id: string) => ({ params: { path: { id } } });

/** Newest first. */
export const useLots = (station: string) =>
  useQuery({
    queryKey: [...stationsKey, 'lots', station],
    queryFn: async () => (await answer(api.GET('/api/manuvision/stations/{id}/lots', path(station)))).items,
  });

function useLotChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn,
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: stationsKey }),
  });
}

export const useStartLot = (station: string) =>
  useLotChange((number: string) =>
    answer(api.POST('/api/manuvision/stations/{id}/lots', { ...path(station), body: { number } })),
  );

export const useEndLot = (station: string) =>
  useLotChange(() => answer(api.POST('/api/manuvision/stations/{id}/lots/end', path(station))));

export const useMakeReport = (station: string) =>
  useLotChange(({ lot, ...body }: ReportInput & { readonly lot: string }) =>
    answer(
      api.POST('/api/manuvision/stations/{id}/lots/{lot}/reports', { params: { path: { id: station, lot } }, body }),
    ),
  );
