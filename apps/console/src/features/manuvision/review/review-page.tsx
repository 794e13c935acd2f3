import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useSiteStations } from '../shared/use-stations.ts';
import { ReviewStage } from './review-stage.tsx';

/** Parts of a station one after the other: were they rightly rejected, or passed? */
export function ReviewPage() {
  const { t } = useTranslation();
  const [asked, setStation] = useParameter('station');
  const [which, setWhich] = useParameter('parts');
  const { data: stations, error, refetch } = useSiteStations();
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} page />;
  if (!stations) return <Splash />;
  const station = stations.find(({ id }) => id === asked) ?? stations[0];
  return (
    <>
      <PageHeader page="part-review">
        {station && (
          <Segmented
            aria-label={t('parts.review.which')}
            value={which === 'passed' ? 'passed' : 'open'}
            onChange={(next) => setWhich(next === 'passed' ? next : undefined)}
            options={[
              { value: 'open', label: t('parts.review.rejected') },
              { value: 'passed', label: t('parts.review.passed') },
            ]}
          />
        )}
        {station && (
          <Select
            aria-label={t('pages.station.title')}
            value={station.id}
            onChange={setStation}
            options={stations.map(({ id, name }) => ({ value: id, label: name }))}
            style={{ minWidth: 200 }}
          />
        )}
      </PageHeader>
      {station ? (
        <ReviewStage key={`${station.id} ${which}`} station={station} which={which === 'passed' ? 'passed' : 'open'} />
      ) : (
        <EmptyState title={t('parts.station.empty')} text={t('parts.review.noStation')}>
          <Link to="/parts/stations">{t('pages.stations.title')}</Link>
        </EmptyState>
      )}
    </>
  );
}
