import { useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { Period } from '../shared/period.ts';
import type { Carrier } from '../types.ts';

export const steps = ['day', 'week', 'month'] as const;
export type Step = (typeof steps)[number];

export interface SpecificQuestion {
  readonly nodeId: string;
  readonly period: Period;
  readonly carrier: Carrier;
  readonly by: Step;
  /** Id of the point that counts what is made. */
  readonly production: string;
}

const asked = ({ nodeId, period, carrier, by, production }: SpecificQuestion) => ({
  ...{ nodeId, from: period.from, to: period.to, carrier, by, production },
});

export const useSpecific = (question: SpecificQuestion) =>
  useQuery({
    queryKey: ['energy', 'specific', question],
    staleTime: 5 * 60_000,
    queryFn: () => answer(api.GET('/api/energy/specific', { params: { query: asked(question) } })),
  });

export const useRecordSpecific = (question: SpecificQuestion) =>
  useMutation({
    mutationFn: async () => (await answer(api.POST('/api/energy/specific', { body: asked(question) }))).evidence!,
  });
