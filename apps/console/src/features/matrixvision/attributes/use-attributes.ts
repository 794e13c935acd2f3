import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import type { Attribute, AttributeUse, Example, NewAttribute } from '../types.ts';

const key = ['matrixvision', 'attributes'] as const;
const ofOne = (id: string) => [...key, id] as const;
const path = (id: string) => ({ params: { path: { id } } });
const none: readonly Attribute[] = [];

export function useAttributes() {
  const { may } = useSession();
  return useQuery({
    queryKey: [...key, 'all'],
    enabled: may('matrixvision.attribute.read'),
    queryFn: async () => (await answer(api.GET('/api/matrixvision/attributes'))).items,
  });
}

/** Those of the chosen site. */
export function useSiteAttributes() {
  const { siteId } = useSite();
  const query = useAttributes();
  const all = query.data ?? none;
  return { ...query, data: query.data && (siteId ? all.filter((one) => one.siteId === siteId) : all) };
}

export const useExamples = (id: string) =>
  useQuery({
    queryKey: [...ofOne(id), 'examples'],
    queryFn: async () => (await answer(api.GET('/api/matrixvision/attributes/{id}/examples', path(id)))).items,
  });

export const useVersions = (id: string) =>
  useQuery({
    queryKey: [...ofOne(id), 'versions'],
    queryFn: async () => (await answer(api.GET('/api/matrixvision/attributes/{id}/versions', path(id)))).items,
  });

/** Who may be clicked, of one camera or of all. */
export function useCandidates(id: string, camera: string | undefined) {
  const { may } = useSession();
  return useQuery({
    queryKey: [...ofOne(id), 'candidates', camera ?? ''],
    enabled: may('matrixvision.video.read'),
    queryFn: () =>
      answer(
        api.GET('/api/matrixvision/attributes/{id}/candidates', {
          params: { path: { id }, query: camera === undefined ? {} : { camera } },
        }),
      ),
  });
}

/** A change of attributes: what went wrong is said, and everything about them is asked for anew. */
function useAttributeChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn,
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

/** What went wrong is said at the form's fields. */
export function useCreateAttribute() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewAttribute) => answer(api.POST('/api/matrixvision/attributes', { body })),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

export const useRemoveAttribute = () =>
  useAttributeChange((id: string) => answer(api.DELETE('/api/matrixvision/attributes/{id}', path(id))));

export const useRestoreAttribute = () =>
  useAttributeChange((id: string) => answer(api.POST('/api/matrixvision/attributes/{id}/restore', path(id))));

export const useUseAttribute = (id: string) =>
  useAttributeChange((body: AttributeUse) =>
    answer(api.PUT('/api/matrixvision/attributes/{id}/use', { ...path(id), body })),
  );

export const useLook = (id: string) =>
  useAttributeChange((camera: string | undefined) =>
    answer(
      api.POST('/api/matrixvision/attributes/{id}/look', {
        ...path(id),
        body: camera === undefined ? {} : { camera },
      }),
    ),
  );

export const useTeach = (id: string) =>
  useAttributeChange((_: undefined) => answer(api.POST('/api/matrixvision/attributes/{id}/teach', path(id))));

const examplePath = (id: string, example: string) => ({ params: { path: { id, example } } });

export const useCorrectExample = (id: string) =>
  useAttributeChange(({ id: example, present }: Pick<Example, 'id' | 'present'>) =>
    answer(
      api.PATCH('/api/matrixvision/attributes/{id}/examples/{example}', {
        ...examplePath(id, example),
        body: { present },
      }),
    ),
  );

export const useRemoveExample = (id: string) =>
  useAttributeChange((example: string) =>
    answer(api.DELETE('/api/matrixvision/attributes/{id}/examples/{example}', examplePath(id, example))),
  );

export const useRestoreExample = (id: string) =>
  useAttributeChange((example: string) =>
    answer(api.POST('/api/matrixvision/attributes/{id}/examples/{example}/restore', examplePath(id, example))),
  );

/** Asks for everything about one attribute anew. */
export function useRefreshAttribute() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: key });
}
