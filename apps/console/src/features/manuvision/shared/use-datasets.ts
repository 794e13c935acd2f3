import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import type { DatasetChange, ExportFormat, Label, NewDataset, PictureFilter } from '../types.ts';

export const datasetsKey = ['manuvision', 'datasets'] as const;
const pageSize = 200;
/** So many hashes fit into an address. */
const mostByHash = 100;

export function useDatasets() {
  const { may } = useSession();
  return useQuery({
    queryKey: [...datasetsKey, 'all'],
    enabled: may('manuvision.dataset.read'),
    queryFn: async () => (await answer(api.GET('/api/manuvision/datasets'))).items,
  });
}

/** Those of the chosen site. */
export function useSiteDatasets() {
  const { siteId } = useSite();
  const query = useDatasets();
  return { ...query, data: siteId ? query.data?.filter((one) => one.siteId === siteId) : query.data };
}

export function useDataset(id: string | undefined) {
  return useQuery({
    queryKey: [...datasetsKey, 'one', id],
    enabled: id !== undefined,
    queryFn: () => answer(api.GET('/api/manuvision/datasets/{id}', { params: { path: { id: id! } } })),
  });
}

export const fetchPictures = (id: string, query: PictureFilter) =>
  answer(api.GET('/api/manuvision/datasets/{id}/pictures', { params: { path: { id }, query } }));

type PicturePage = Awaited<ReturnType<typeof fetchPictures>>;

/** How pictures are asked for a page at a time, by file name. */
export const picturePages = (id: string, filter: PictureFilter) => ({
  initialPageParam: 0,
  queryFn: ({ pageParam }: { pageParam: number }) =>
    fetchPictures(id, { ...filter, offset: pageParam, limit: pageSize }),
  getNextPageParam: (last: PicturePage, all: readonly PicturePage[]) => {
    const known = all.reduce((sum, { items }) => sum + items.length, 0);
    return known < last.total && last.items.length > 0 ? known : undefined;
  },
});

export function usePictures(id: string, filter: PictureFilter) {
  return useInfiniteQuery({
    ...picturePages(id, filter),
    queryKey: [...datasetsKey, 'pictures', id, filter],
    placeholderData: (previous) => previous,
  });
}

/** The pictures with these hashes, which is how a training names what it learnt from. */
export function usePicturesByHash(id: string, hashes: readonly string[]) {
  return useQuery({
    queryKey: [...datasetsKey, 'by-hash', id, hashes],
    enabled: hashes.length > 0,
    queryFn: async () =>
      (await fetchPictures(id, { hash: hashes.slice(0, mostByHash), offset: 0, limit: mostByHash })).items,
  });
}

/** What an export would hold, and what its format cannot say. */
export function useExportReport(id: string, format: ExportFormat) {
  return useQuery({
    queryKey: [...datasetsKey, 'export', id, format],
    queryFn: () =>
      answer(api.GET('/api/manuvision/datasets/{id}/export', { params: { path: { id }, query: { format } } })),
  });
}

export function useRefreshDatasets() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: datasetsKey });
}

export function useCreateDataset() {
  const refresh = useRefreshDatasets();
  const { failed } = useNotify();
  return useMutation({
    mutationFn: (body: NewDataset) => answer(api.POST('/api/manuvision/datasets', { body })),
    onError: failed,
    onSettled: refresh,
  });
}

/** How its pictures are read; those that are shown are asked for anew. */
export function useChangeDataset(id: string) {
  const refresh = useRefreshDatasets();
  const { failed } = useNotify();
  return useMutation({
    mutationFn: (body: DatasetChange) =>
      answer(api.PATCH('/api/manuvision/datasets/{id}', { params: { path: { id } }, body })),
    onError: failed,
    onSettled: refresh,
  });
}

export function useRemoveDataset() {
  const refresh = useRefreshDatasets();
  const { failed } = useNotify();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/manuvision/datasets/{id}', { params: { path: { id } } })),
    onError: failed,
    onSettled: refresh,
  });
}

/** What a picture shows: a good part, or a defect with its class. */
export interface Labelled {
  readonly label: Label;
  readonly class: string | null;
}

const picturePath = (id: string, picture: string) => ({ params: { path: { id, picture } } });

export const changePicture = (id: string, picture: string, { label, class: name }: Labelled) =>
  answer(
    api.PATCH('/api/manuvision/datasets/{id}/pictures/{picture}', {
      ...picturePath(id, picture),
      body: label === 'defect' && name ? { label, class: name } : { label },
    }),
  );

export const removePicture = (id: string, picture: string) =>
  answer(api.DELETE('/api/manuvision/datasets/{id}/pictures/{picture}', picturePath(id, picture)));

export const restorePicture = (id: string, picture: string) =>
  answer(api.POST('/api/manuvision/datasets/{id}/pictures/{picture}/restore', picturePath(id, picture)));
