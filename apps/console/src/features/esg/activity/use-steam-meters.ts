import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useEsgChange } from '../shared/use-esg-change.ts';
import type { SteamState } from '../types.ts';

export const useSteamMeters = () =>
  useQuery({
    queryKey: ['esg', 'steam-meters'],
    queryFn: async () => (await answer(api.GET('/api/esg/steam-meters'))).items,
  });

export const useStateSteam = (pointId: string) =>
  useEsgChange((body: SteamState) =>
    answer(api.PUT('/api/esg/steam-meters/{pointId}', { params: { path: { pointId } }, body })),
  );
