import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { useLiveTopics } from '../../api/use-live.ts';

export interface Latest {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly value: number;
  readonly quality: number;
}

/** A burst of readings is drawn at most this often. */
const drawMs = 500;

/** Newest values of points, first asked for and then kept current by the live connection. */
export function useLatest(pointIds: readonly string[]): ReadonlyMap<string, Latest> {
  const [values, setValues] = useState<ReadonlyMap<string, Latest>>(new Map());
  const waiting = useRef(new Map<string, Latest>());
  const { data, refetch } = useQuery({
    queryKey: ['cloud', 'latest', pointIds],
    enabled: pointIds.length > 0,
    queryFn: async () => (await answer(api.POST('/api/cloud/latest', { body: { pointIds: [...pointIds] } }))).items,
  });
  useEffect(() => {
    if (!data) return;
    const asked = data.map(({ pointId, time, ...rest }): [string, Latest] => [
      pointId,
      { time: Date.parse(time), ...rest },
    ]);
    setValues((current) => newest(current, asked));
  }, [data]);
  useLiveTopics(
    pointIds.map((id) => `point:${id}`),
    (topic, value) => waiting.current.set(topic.slice('point:'.length), value as Latest),
    () => void refetch(),
  );
  useEffect(() => {
    const timer = setInterval(() => {
      if (waiting.current.size === 0) return;
      const arrived = [...waiting.current];
      waiting.current.clear();
      setValues((current) => newest(current, arrived));
    }, drawMs);
    return () => clearInterval(timer);
  }, []);
  return values;
}

/** The later of two readings of a point wins; an answer may be older than what came live meanwhile. */
export function newest(
  current: ReadonlyMap<string, Latest>,
  arrived: readonly (readonly [string, Latest])[],
): ReadonlyMap<string, Latest> {
  const next = new Map(current);
  for (const [id, value] of arrived) if ((next.get(id)?.time ?? -Infinity) <= value.time) next.set(id, value);
  return next;
}
