import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useNotify } from '../../../components/use-notify.ts';
import type { JsonSchema } from './schema-fields.ts';

/** Kinds of sources with the schema of their settings. */
export const useSourceKinds = () =>
  useQuery({
    queryKey: ['cloud', 'source-kinds'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const { items } = await answer(api.GET('/api/cloud/source-kinds'));
      return items.map(({ kind, schema }) => ({ kind, schema: schema as JsonSchema }));
    },
  });

function useSourceChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn,
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: ['cloud', 'sources'] }),
  });
}

export interface NewSource {
  readonly siteId: string;
  readonly name: string;
  readonly kind: string;
  readonly config: Record<string, unknown>;
}

export const useCreateSource = () =>
  useSourceChange((body: NewSource) => answer(api.POST('/api/cloud/sources', { body: { ...body, enabled: true } })));

export interface SourceChange {
  readonly id: string;
  readonly name?: string;
  readonly config?: Record<string, unknown>;
  readonly enabled?: boolean;
}

export const useChangeSource = () =>
  useSourceChange(({ id, ...body }: SourceChange) =>
    answer(api.PATCH('/api/cloud/sources/{id}', { params: { path: { id } }, body })),
  );

export const useRestoreSource = () =>
  useSourceChange((id: string) => answer(api.POST('/api/cloud/sources/{id}/restore', { params: { path: { id } } })));

export const useRemoveSource = () =>
  useSourceChange((id: string) => answer(api.DELETE('/api/cloud/sources/{id}', { params: { path: { id } } })));
