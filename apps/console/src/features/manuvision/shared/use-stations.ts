import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import type { NewStation, StationChange, Verdict } from '../types.ts';

export const stationsKey = ['manuvision', 'stations'] as const;
const path = (id: string) => ({ params: { path: { id } } });

export function useStations() {
  const { may } = useSession();
  return useQuery({
    queryKey: [...stationsKey, 'all'],
    enabled: may('manuvision.station.read'),
    queryFn: async () => (await answer(api.GET('/api/manuvision/stations'))).items,
  });
}

/** Those of the chosen site. */
export function useSiteStations() {
  const { siteId } = useSite();
  const query = useStations();
  return { ...query, data: siteId ? query.data?.filter((one) => one.siteId === siteId) : query.data };
}

export const useStation = (id: string) =>
  useQuery({
    queryKey: [...stationsKey, 'one', id],
    queryFn: () => answer(api.GET('/api/manuvision/stations/{id}', path(id))),
    // Whether its camera still sees is told by nothing else.
    refetchInterval: ({ state: { data } }) => (data?.camera ? 3_000 : false),
  });

export const useFigures = (id: string, hours: number) =>
  useQuery({
    queryKey: [...stationsKey, 'figures', id, hours],
    queryFn: () =>
      answer(api.GET('/api/manuvision/stations/{id}/figures', { params: { path: { id }, query: { hours } } })),
  });

/** A change of stations or of what belongs to them; failures are told. */
export function useStationChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn,
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: stationsKey }),
  });
}

export const useCreateStation = () =>
  useStationChange((body: NewStation) => answer(api.POST('/api/manuvision/stations', { body })));

export const useChangeStation = (id: string) =>
  useStationChange((body: StationChange) => answer(api.PUT('/api/manuvision/stations/{id}', { ...path(id), body })));

export const useRemoveStation = () =>
  useStationChange((id: string) => answer(api.DELETE('/api/manuvision/stations/{id}', path(id))));

/** A person's word on a verdict; null takes it back. */
export const useReview = (station: string) =>
  useStationChange(
    ({ id, said }: { id: string; said: 'ok' | 'ng' | null }): Promise<Verdict> =>
      answer(
        api.PUT('/api/manuvision/stations/{id}/verdicts/{verdict}/review', {
          params: { path: { id: station, verdict: id } },
          body: { verdict: said },
        }),
      ),
  );
