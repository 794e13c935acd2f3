import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useEsgChange } from '../shared/use-esg-change.ts';
import type { RestatementRequest } from '../types.ts';

export const useRestatements = () =>
  useQuery({
    queryKey: ['esg', 'restatements'],
    queryFn: async () => (await answer(api.GET('/api/esg/restatements'))).items,
  });

/** Calculates a recorded figure again with other factors; the old one stays. */
export const useRestate = () =>
  useEsgChange((body: RestatementRequest) => answer(api.POST('/api/esg/restatements', { body })));
