import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { useListKeys } from '../../../components/data-table/use-list-keys.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useExports } from '../shared/use-exports.ts';
import type { CameraEvent, EventFilter } from '../types.ts';
import { EventDrawer } from './event-drawer.tsx';
import { useEventColumns } from './use-event-columns.tsx';
import { useEvents, useReview } from './use-events.ts';

interface EventListProps {
  readonly filter: EventFilter;
  readonly filters: ReactNode;
  /** What to do where there is none yet. */
  readonly next: ReactNode;
}

const verdicts: Record<string, CameraEvent['state']> = { c: 'confirmed', r: 'rejected', u: 'open' };

/** The events, one of them open beside: j and k go through them, c confirms, r rejects, u takes that back. */
export function EventList({ filter, filters, next }: EventListProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { events, error, refetch, more, total } = useEvents(filter);
  const [openId, choose] = useParameter('event');
  const review = useReview();
  const columns = useEventColumns();
  const exports = useExports({ path: '/api/matrixvision/events/export', query: filter });
  const reviews = may('matrixvision.event.review');
  useListKeys({
    ...{ rows: events, openId, choose },
    onLetter: (letter, id) => {
      const verdict = verdicts[letter];
      if (!verdict || !reviews) return false;
      review.mutate({ id, state: verdict });
      return true;
    },
  });
  const isNarrowed = Object.entries(filter).some(([name, value]) => name !== 'site' && value !== undefined);
  return (
    <>
      <DataTable<CameraEvent>
        name="events"
        rows={events}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => choose(id)}
        isChosen={({ id }) => id === openId}
        // The address holds the text; the server searches.
        onSearch={() => undefined}
        more={more}
        exports={exports}
        filters={filters}
        empty={
          isNarrowed ? (
            t('table.nothingFound')
          ) : (
            <EmptyState title={t('video.events.empty')} text={t('video.events.emptyNext')}>
              {next}
            </EmptyState>
          )
        }
        footer={
          total !== undefined && total > 0 ? (
            <span className="faint">
              {t('video.events.total', { n: total })} · <kbd>j</kbd> <kbd>k</kbd> {t('video.events.keyMove')} ·{' '}
              <kbd>c</kbd> {t('video.events.confirm')} · <kbd>r</kbd> {t('video.events.reject')} · <kbd>u</kbd>{' '}
              {t('actions.undo')}
            </span>
          ) : undefined
        }
      />
      {openId && (
        <EventDrawer
          id={openId}
          known={events?.find(({ id }) => id === openId)}
          onReview={reviews ? (verdict) => review.mutate(verdict) : undefined}
          onClose={() => choose(undefined)}
        />
      )}
    </>
  );
}
