import { useTranslation } from 'react-i18next';
import { useUndo } from '../../../components/use-undo.tsx';
import type { Alert, AlertGroup } from '../types.ts';
import { useHandle } from './use-raised.ts';

/** Acknowledging, resolving and reopening what a row stands for; each step can be taken back for a while. */
export function useSteps(grouped: boolean) {
  const { t } = useTranslation();
  const handle = useHandle();
  const undo = useUndo();
  const take = async ({ newest, count }: AlertGroup, state: Alert['state'], note = '') => {
    const { module, kind, subject, siteId } = newest;
    const which = grouped && count > 1 ? { group: { module, kind, subject, siteId } } : { ids: [newest.id] };
    const changed = await handle.mutateAsync({ ...which, state, note });
    if (changed.length === 0) return;
    undo(newest.id, t(`alerts.raised.done.${state}`, { n: changed.length }), async () => {
      for (const [before, some] of Map.groupBy(changed, (one) => one.before))
        await handle.mutateAsync({ ids: some.map(({ id }) => id), state: before, note: newest.note });
    });
  };
  return {
    isPending: handle.isPending,
    // What went wrong is said by the change itself.
    take: (row: AlertGroup, state: Alert['state'], note?: string) => void take(row, state, note).catch(() => undefined),
  };
}
