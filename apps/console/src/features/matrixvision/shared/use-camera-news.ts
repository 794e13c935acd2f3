import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLiveTopics } from '../../../api/use-live.ts';
import { useSession } from '../../../app/session.tsx';
import { camerasKey } from './use-cameras.ts';

/** Many cameras are lost at once when a switch is; the list is asked for anew no more often than this. */
const refreshEveryMs = 500;

/** Shows at once that a camera was lost or is there again, instead of when the list is asked for the next time. */
export function useCameraNews(): void {
  const client = useQueryClient();
  const { may } = useSession();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const refresh = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: camerasKey });
    }, refreshEveryMs);
  };
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  useLiveTopics(may('matrixvision.camera.read') ? ['matrixvision-camera:all'] : [], refresh, refresh);
}
