import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageHeader } from '../../../components/page-header.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { EventFilters } from './event-filters.tsx';
import { EventList } from './event-list.tsx';
import { PrecisionTable } from './precision-table.tsx';
import { useEventFilter } from './use-event-filter.ts';

/** What rules reported: to be looked at one by one, and judged rule by rule. */
export function EventsPage() {
  const { t } = useTranslation();
  const [view, setView] = useParameter('view');
  const filter = useEventFilter();
  const filters = <EventFilters />;
  return (
    <>
      <PageHeader page="video-events">
        <Segmented
          aria-label={t('video.cameras.view')}
          value={view ?? 'list'}
          onChange={(next) => setView(next === 'list' ? undefined : next)}
          options={[
            { value: 'list', label: t('pages.video-events.title') },
            { value: 'precision', label: t('video.precision.title') },
          ]}
        />
      </PageHeader>
      {view === 'precision' ? (
        <PrecisionTable filter={filter} filters={filters} />
      ) : (
        <EventList
          filter={filter}
          filters={filters}
          next={<Link to="/video/cameras">{t('pages.cameras.title')}</Link>}
        />
      )}
    </>
  );
}
