import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useNotify } from '../../../components/use-notify.ts';
import { useRefreshInspections } from '../shared/use-inspections.ts';
import { stationsKey } from '../shared/use-stations.ts';
import type { Decision } from '../types.ts';

const path = (id: string) => ({ params: { path: { id } } });

/** Newest first. */
export const useProposals = (station: string) =>
  useQuery({
    queryKey: [...stationsKey, 'proposals', station],
    queryFn: () => answer(api.GET('/api/manuvision/stations/{id}/proposals', path(station))),
  });

function useProposalChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const refresh = useRefreshInspections();
  const { failed } = useNotify();
  return useMutation({
    mutationFn,
    onError: failed,
    onSettled: () => Promise.all([refresh(), client.invalidateQueries({ queryKey: stationsKey })]),
  });
}

export const usePropose = (station: string) =>
  useProposalChange(() => answer(api.POST('/api/manuvision/stations/{id}/proposals', path(station))));

export const useDecide = (station: string) =>
  useProposalChange(({ proposal, ...body }: Decision & { readonly proposal: string }) =>
    answer(
      api.PUT('/api/manuvision/stations/{id}/proposals/{proposal}/decision', {
        params: { path: { id: station, proposal } },
        body,
      }),
    ),
  );
