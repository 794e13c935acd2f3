import { useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { VerifyAnswer } from './finding.ts';

export const useEntry = (id: string) =>
  useQuery({
    queryKey: ['ledger', 'entry', id],
    // An entry never changes; that is the point of it.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => answer(api.GET('/api/ledger/entries/{id}', { params: { path: { id } } })),
  });

export const useMethods = () =>
  useQuery({
    queryKey: ['ledger', 'methods'],
    staleTime: 60_000,
    queryFn: async () => (await answer(api.GET('/api/ledger/methods'))).items,
  });

export const useVerify = (id: string) =>
  useMutation({
    mutationFn: async () =>
      (await answer(api.POST('/api/ledger/entries/{id}/verify', { params: { path: { id } } }))) as VerifyAnswer,
  });
