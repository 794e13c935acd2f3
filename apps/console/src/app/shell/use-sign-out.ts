import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { sessionKey } from '../session.tsx';

/** Ends the session and forgets everything that was read in it. */
export function useSignOut(): () => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: () => api.DELETE('/api/session'),
    onSettled: () => {
      client.clear();
      client.setQueryData(sessionKey, null);
    },
  });
  return mutate;
}
