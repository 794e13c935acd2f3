import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useSettled } from '../../../components/use-settled.ts';
import type { KindSettings } from '../types.ts';

/** Kinds of inspection with what each can be told; they change with the product only. */
export const useKinds = () =>
  useQuery({
    queryKey: ['manuvision', 'kinds'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => answer(api.GET('/api/manuvision/kinds')),
  });

/** Long enough to type a word, short enough to seem live. */
const pauseMs = 350;

interface TryParts {
  readonly datasetId: string;
  /** Undefined: there is none to try on yet. */
  readonly pictureId: string | undefined;
  readonly kind: string;
  readonly settings: KindSettings;
}

/** What a kind that learns nothing says of a picture by these settings; the last answer stays until the next is there. */
export function useTried({ datasetId, pictureId, kind, settings }: TryParts) {
  const settled = useSettled(settings, pauseMs);
  return useQuery({
    queryKey: ['manuvision', 'tried', datasetId, pictureId, kind, settled],
    enabled: pictureId !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
    // Settings that are changed on meanwhile are not waited for.
    queryFn: ({ signal }) =>
      answer(
        api.POST('/api/manuvision/datasets/{id}/pictures/{picture}/try', {
          signal,
          params: { path: { id: datasetId, picture: pictureId! } },
          body: { kind, settings: settled },
        }),
      ),
  });
}
