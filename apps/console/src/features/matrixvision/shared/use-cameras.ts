import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import type { Camera, CameraChange, NewCamera } from '../types.ts';

export const camerasKey = ['matrixvision', 'cameras'] as const;
const none: readonly Camera[] = [];

export function useCameras() {
  const { may } = useSession();
  return useQuery({
    queryKey: camerasKey,
    enabled: may('matrixvision.camera.read'),
    refetchInterval: 5_000,
    queryFn: async () => (await answer(api.GET('/api/matrixvision/cameras'))).items,
  });
}

/** The cameras of the chosen site. */
export function useSiteCameras() {
  const { siteId } = useSite();
  const query = useCameras();
  const all = query.data ?? none;
  return { ...query, data: query.data && (siteId ? all.filter((camera) => camera.siteId === siteId) : all) };
}

function useCameraChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn,
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: camerasKey }),
  });
}

export const useCreateCamera = () =>
  useCameraChange((body: NewCamera) => answer(api.POST('/api/matrixvision/cameras', { body })));

export const useChangeCamera = () =>
  useCameraChange(({ id, ...body }: CameraChange & { id: string }) =>
    answer(api.PATCH('/api/matrixvision/cameras/{id}', { params: { path: { id } }, body })),
  );

export const useRestoreCamera = () =>
  useCameraChange((id: string) =>
    answer(api.POST('/api/matrixvision/cameras/{id}/restore', { params: { path: { id } } })),
  );

export const useRemoveCamera = () =>
  useCameraChange((id: string) => answer(api.DELETE('/api/matrixvision/cameras/{id}', { params: { path: { id } } })));
