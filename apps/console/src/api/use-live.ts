import { useEffect, useRef, useSyncExternalStore } from 'react';
import { type LiveState, live } from './live.ts';

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => live.onState(listener),
    () => live.state,
  );
}

/** Calls `listener` with what is published under any of the topics; the newest listener is used, topics are compared by content. */
export function useLiveTopics(topics: readonly string[], listener: (topic: string, data: unknown) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  const key = topics.join('\n');
  useEffect(() => {
    const stops = key
      ? key.split('\n').map((topic) => live.subscribe(topic, (data) => latest.current(topic, data)))
      : [];
    return () => {
      for (const stop of stops) stop();
    };
  }, [key]);
}
