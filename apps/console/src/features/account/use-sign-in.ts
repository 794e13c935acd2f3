import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { sessionKey } from '../../app/session.tsx';

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; password: string }) => answer(api.POST('/api/session', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: { current: string; next: string }) => {
      await api.PUT('/api/session/password', { body });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
}
