import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { Answer } from '../../../api/types.ts';
import { useNotify } from '../../../components/use-notify.ts';

export type Recordings = Answer<'/api/matrixvision/cameras/{id}/recordings'>;
/** What one hour should have had, and has. */
export type RecordedHour = Recordings['hours'][number];
export type Lost = RecordedHour['lost'][number];
export type Lock = Recordings['locks'][number];

const key = ['matrixvision', 'recordings'] as const;

export const useRecordings = (camera: string, from: number, to: number) =>
  useQuery({
    queryKey: [...key, camera, from, to],
    refetchInterval: 30_000,
    placeholderData: (previous) => previous,
    queryFn: () =>
      answer(
        api.GET('/api/matrixvision/cameras/{id}/recordings', {
          params: { path: { id: camera }, query: spanOf(from, to) },
        }),
      ),
  });

const spanOf = (from: number, to: number) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });

/** Keeps a stretch as evidence, whatever the retention says. */
export function useLock(camera: string) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn: ({ from, to }: { from: number; to: number }) =>
      answer(
        api.POST('/api/matrixvision/cameras/{id}/recordings/locks', {
          params: { path: { id: camera } },
          body: spanOf(from, to),
        }),
      ),
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useUnlock(camera: string) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn: (lock: string) =>
      answer(
        api.DELETE('/api/matrixvision/cameras/{id}/recordings/locks/{lock}', {
          params: { path: { id: camera, lock } },
        }),
      ),
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

export const clipUrl = (camera: string, from: number, to: number): string => {
  return `/api/matrixvision/cameras/${camera}/recordings/clip.mp4?${new URLSearchParams(spanOf(from, to))}`;
};
