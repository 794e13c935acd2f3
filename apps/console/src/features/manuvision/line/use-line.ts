import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { paths } from '../../../api/generated/schema.d.ts';
import type { Answer, Item } from '../../../api/types.ts';
import { useLiveTopics } from '../../../api/use-live.ts';
import { useNotify } from '../../../components/use-notify.ts';

export type Line = Answer<'/api/manuvision/stations/{id}/line'>;
export type Shown = NonNullable<Line['shown']>;
export type LineFault = Item<'/api/manuvision/stations/{id}/faults'>;
export type LineSettings = NonNullable<
  paths['/api/manuvision/stations/{id}/line']['put']['requestBody']
>['content']['application/json'];

const path = (id: string) => ({ params: { path: { id } } });
const lineKey = (id: string) => ['manuvision', 'line', id] as const;
const faultsKey = (id: string) => ['manuvision', 'faults', id] as const;

/** How a station talks with the line; what it shows arrives live. */
export function useLine(id: string) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: lineKey(id),
    queryFn: () => answer(api.GET('/api/manuvision/stations/{id}/line', path(id))),
  });
  useLiveTopics(
    [`manuvision-line:${id}`],
    (_, data) => {
      const before = client.getQueryData<Line>(lineKey(id))?.shown?.fault;
      client.setQueryData<Line>(lineKey(id), (known) => known && { ...known, shown: data as Shown });
      if ((data as Shown).fault !== before) void client.invalidateQueries({ queryKey: faultsKey(id) });
    },
    () => void client.invalidateQueries({ queryKey: lineKey(id) }),
  );
  return query;
}

export const useFaults = (id: string, isWanted: boolean) =>
  useQuery({
    queryKey: faultsKey(id),
    enabled: isWanted,
    queryFn: async () => (await answer(api.GET('/api/manuvision/stations/{id}/faults', path(id)))).items,
  });

function useLineChange<Input>(id: string, mutationFn: (input: Input) => Promise<Line>) {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn,
    onError: failed,
    onSuccess: (line) => client.setQueryData(lineKey(id), line),
  });
}

/** null: it talks no more. */
export const useSetLine = (id: string) =>
  useLineChange(id, (body: LineSettings | null) =>
    body
      ? answer(api.PUT('/api/manuvision/stations/{id}/line', { ...path(id), body }))
      : answer(api.DELETE('/api/manuvision/stations/{id}/line', path(id))),
  );

export const useResetLine = (id: string) =>
  useLineChange(id, () => answer(api.POST('/api/manuvision/stations/{id}/line/reset', path(id))));
