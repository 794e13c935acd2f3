import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { stationsKey, useStationChange } from '../shared/use-stations.ts';
import type { ReportInput } from '../types.ts';

const path = (id: string) => ({ params: { path: { id } } });

/** Newest first. */
export const useLots = (station: string) =>
  useQuery({
    queryKey: [...stationsKey, 'lots', station],
    queryFn: async () => (await answer(api.GET('/api/manuvision/stations/{id}/lots', path(station)))).items,
  });

export const useStartLot = (station: string) =>
  useStationChange((number: string) =>
    answer(api.POST('/api/manuvision/stations/{id}/lots', { ...path(station), body: { number } })),
  );

export const useEndLot = (station: string) =>
  useStationChange(() => answer(api.POST('/api/manuvision/stations/{id}/lots/end', path(station))));

export const useMakeReport = (station: string) =>
  useStationChange(({ lot, ...body }: ReportInput & { readonly lot: string }) =>
    answer(
      api.POST('/api/manuvision/stations/{id}/lots/{lot}/reports', { params: { path: { id: station, lot } }, body }),
    ),
  );
