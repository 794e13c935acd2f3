import { type InfiniteData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { answer, api } from '../../../api/client.ts';
import { useNotify } from '../../../components/use-notify.ts';
import { type fetchPictures, picturePages } from '../shared/use-datasets.ts';
import type { PartPicture, PictureFilter, PictureLabels } from '../types.ts';
import type { Server } from './session/label-session.ts';

const labellingKey = ['manuvision', 'labelling'] as const;
const labelsKey = (id: string, picture: string) => [...labellingKey, 'labels', id, picture] as const;
const path = (id: string, picture: string) => ({ params: { path: { id, picture } } });
/** Somebody counts as there for three times as long. */
const hereMs = 10_000;

type Pages = InfiniteData<Awaited<ReturnType<typeof fetchPictures>>>;

/** The pictures to go through. They stay in their order while one works, also when a filter would leave them out by now. */
export const useStrip = (id: string, filter: PictureFilter) =>
  useInfiniteQuery({
    ...picturePages(id, filter),
    queryKey: [...labellingKey, 'strip', id, filter],
    ...{ staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnWindowFocus: false },
  });

/** @param isShared somebody else is at the picture: asked for again as often as they are told of each other */
export const useLabels = (id: string, picture: string, isShared: boolean) =>
  useQuery({
    queryKey: labelsKey(id, picture),
    refetchInterval: isShared ? hereMs : false,
    queryFn: () => answer(api.GET('/api/manuvision/datasets/{id}/pictures/{picture}/labels', path(id, picture))),
  });

export const labelServer = (id: string, picture: string): Server => ({
  load: () => answer(api.GET('/api/manuvision/datasets/{id}/pictures/{picture}/labels', path(id, picture))),
  save: ({ label, class: name, regions }, revision) =>
    answer(
      api.PUT('/api/manuvision/datasets/{id}/pictures/{picture}/labels', {
        ...path(id, picture),
        body: { revision, label, ...(name !== null && { class: name }), regions: [...regions] },
      }),
    ),
});

/** Takes what the server said of a picture over into the list of pictures. */
export function useTellStrip(id: string): (picture: string, labels: PictureLabels) => void {
  const client = useQueryClient();
  return useCallback(
    (picture, { label, class: name, regions, people, disagreement }) => {
      const said: Partial<PartPicture> = {
        ...{ label, class: name, regions: regions.length, disagreement: disagreement !== null },
        labelledBy: people.map(({ actorName }) => actorName),
      };
      client.setQueriesData<Pages>(
        { queryKey: [...labellingKey, 'strip', id] },
        (known) =>
          known && {
            ...known,
            pages: known.pages.map((page) => ({
              ...page,
              items: page.items.map((item) => (item.id === picture ? { ...item, ...said } : item)),
            })),
          },
      );
    },
    [client, id],
  );
}

/** Takes what the server answered to a word over into what is shown. */
export function useTellLabels(id: string): (picture: string, labels: PictureLabels) => void {
  const client = useQueryClient();
  return (picture, labels) => {
    client.setQueryData(labelsKey(id, picture), labels);
    void client.invalidateQueries({ queryKey: [...labellingKey, 'history', id, picture] });
  };
}

export function useSettle(id: string, picture: string) {
  const tell = useTellLabels(id);
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn: (body: { actorId: string; revision: number }) =>
      answer(
        api.POST('/api/manuvision/datasets/{id}/pictures/{picture}/labels/settle', { ...path(id, picture), body }),
      ),
    onSuccess: (labels) => tell(picture, labels),
    onError: (error) => {
      failed(error);
      void client.invalidateQueries({ queryKey: labelsKey(id, picture) });
    },
  });
}

export function useSuggest(id: string, picture: string) {
  const { failed } = useNotify();
  return useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/manuvision/datasets/{id}/pictures/{picture}/suggestions', { ...path(id, picture), body: {} }),
      ),
    onError: failed,
  });
}

export const useHistory = (id: string, picture: string) =>
  useQuery({
    queryKey: [...labellingKey, 'history', id, picture],
    queryFn: async () =>
      (await answer(api.GET('/api/manuvision/datasets/{id}/pictures/{picture}/labels/history', path(id, picture))))
        .items,
  });

const sayHere = (id: string, pictureId: string | null) =>
  answer(api.POST('/api/manuvision/datasets/{id}/labelling/here', { params: { path: { id } }, body: { pictureId } }));

/** Says where one is, and who else is in the data set; leaving is said too. */
export function useHere(id: string, picture: string | undefined) {
  useEffect(
    () => () => {
      // Whoever does not say so is taken to have left soon anyway.
      sayHere(id, null).catch(() => undefined);
    },
    [id],
  );
  return useQuery({
    queryKey: [...labellingKey, 'here', id, picture],
    enabled: picture !== undefined,
    refetchInterval: hereMs,
    staleTime: 0,
    placeholderData: (previous) => previous,
    queryFn: async () => (await sayHere(id, picture!)).people,
  });
}
