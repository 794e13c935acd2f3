import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useNotify } from '../../../components/use-notify.ts';
import type { Verdict } from '../types.ts';

/** Has the camera of a station take a picture, which is judged. */
export function useTrigger(station: string, onJudged: (verdict: Verdict) => void) {
  const { failed } = useNotify();
  return useMutation({
    mutationFn: (): Promise<Verdict> =>
      answer(api.POST('/api/manuvision/stations/{id}/trigger', { params: { path: { id: station } } })),
    onSuccess: onJudged,
    onError: failed,
  });
}
