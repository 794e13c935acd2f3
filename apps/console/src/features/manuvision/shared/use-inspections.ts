import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import type { Inspection, InspectionChange, NewInspection } from '../types.ts';

const inspectionsKey = ['manuvision', 'inspections'] as const;
const path = (id: string) => ({ params: { path: { id } } });

export function useInspections() {
  const { may } = useSession();
  return useQuery({
    queryKey: [...inspectionsKey, 'all'],
    enabled: may('manuvision.inspection.read'),
    queryFn: async () => (await answer(api.GET('/api/manuvision/inspections'))).items,
  });
}

/** Those of the chosen site. */
export function useSiteInspections() {
  const { siteId } = useSite();
  const query = useInspections();
  return { ...query, data: siteId ? query.data?.filter((one) => one.siteId === siteId) : query.data };
}

export const useInspection = (id: string | undefined) =>
  useQuery({
    queryKey: [...inspectionsKey, 'one', id],
    enabled: id !== undefined,
    queryFn: () => answer(api.GET('/api/manuvision/inspections/{id}', path(id!))),
  });

/** Newest first. */
export const useVersions = (id: string | undefined) =>
  useQuery({
    queryKey: [...inspectionsKey, 'versions', id],
    enabled: id !== undefined,
    queryFn: async () => (await answer(api.GET('/api/manuvision/inspections/{id}/versions', path(id!)))).items,
  });

export function useRefreshInspections() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: inspectionsKey });
}

function useInspectionChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const refresh = useRefreshInspections();
  const { failed } = useNotify();
  return useMutation({ mutationFn, onError: failed, onSettled: refresh });
}

export const useCreateInspection = () =>
  useInspectionChange((body: NewInspection) => answer(api.POST('/api/manuvision/inspections', { body })));

export const useChangeInspection = () =>
  useInspectionChange(({ id, ...body }: InspectionChange & { id: string }) =>
    answer(api.PATCH('/api/manuvision/inspections/{id}', { ...path(id), body })),
  );

/** What a training will take; asked for when it may be begun, since two pictures are tried for it. */
export const useEstimate = ({ id, newestVersion, settings }: Inspection, enabled: boolean) =>
  useQuery({
    queryKey: [...inspectionsKey, 'estimate', id, newestVersion, settings],
    enabled,
    staleTime: 300_000,
    retry: false,
    queryFn: () => answer(api.GET('/api/manuvision/inspections/{id}/estimate', path(id))),
  });

export const useRemoveInspection = () =>
  useInspectionChange((id: string) => answer(api.DELETE('/api/manuvision/inspections/{id}', path(id))));

/** Answers the job. */
export const useTrain = () =>
  useInspectionChange(
    async (id: string) => (await answer(api.POST('/api/manuvision/inspections/{id}/train', path(id)))).jobId,
  );
