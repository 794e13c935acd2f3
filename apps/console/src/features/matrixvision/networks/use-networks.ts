import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useSession } from '../../../app/session.tsx';
import { camerasKey } from '../shared/use-cameras.ts';

const networksKey = ['matrixvision', 'networks'] as const;

export function useNetworks() {
  const { may } = useSession();
  return useQuery({
    queryKey: networksKey,
    enabled: may('matrixvision.camera.write'),
    queryFn: () => answer(api.GET('/api/matrixvision/networks')),
  });
}

function useNetworkChange<Output>(mutationFn: (network: string) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => Promise.all([networksKey, camerasKey].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

export const useAllowNetwork = () =>
  useNetworkChange((network) => answer(api.POST('/api/matrixvision/networks', { body: { network } })));

export const useRemoveNetwork = () =>
  useNetworkChange((network) => answer(api.POST('/api/matrixvision/networks/remove', { body: { network } })));
