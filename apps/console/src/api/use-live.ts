import { useEffect, useRef, useSyncExternalStore } from 'react';
import { type LiveState, live } from './live.ts';

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => live.onState(listener),
    () => live.state,
  );
}

/**
 * Calls `listener` with what is published under any of the topics; the newest listener is used, topics are compared by content.
 * @param subscribed called when the topics are listened to from now on. Whoever shows an answer of the server asks for
 *   it again then: a change between the answer and that moment was published to nobody.
 */
export function useLiveTopics(
  topics: readonly string[],
  listener: (topic: string, data: unknown) => void,
  subscribed: () => void,
): void {
  const latest = useRef({ listener, subscribed });
  latest.current = { listener, subscribed };
  const key = topics.join('\n');
  useEffect(() => {
    if (!key) return;
    const tell = () => latest.current.subscribed();
    const stops = key
      .split('\n')
      .map((topic) =>
        live.subscribe(topic, { data: (data) => latest.current.listener(topic, data), subscribed: tell }),
      );
    return () => {
      for (const stop of stops) stop();
    };
  }, [key]);
}
