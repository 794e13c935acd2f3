import { Segmented, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSite } from '../../../app/site.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useWord } from '../../cloud/use-word.ts';
import { NoPlant } from '../shared/no-plant.tsx';
import styles from '../shared/shared.module.css';
import type { Overview } from '../types.ts';
import { OverviewFigures } from './overview-figures.tsx';
import { OverviewPictures } from './overview-pictures.tsx';
import { carrierChoices, siteRows } from './site-rows.ts';
import { SiteTable } from './site-table.tsx';
import { useCosts, useOverview } from './use-overview.ts';
import { UserTable } from './user-table.tsx';

/** How all sites stand this month. */
export function OverviewPage() {
  const format = useFormat();
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useOverview();
  return (
    <>
      <PageHeader page="energy-overview">
        {data && <span className="faint">{t('energy.overview.at', { time: format.minute(data.at) })}</span>}
      </PageHeader>
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <div className={styles.waiting}>
          <Spin description={t('energy.consumption.working')} />
        </div>
      ) : (
        <OverviewView overview={data} />
      )}
    </>
  );
}

function OverviewView({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const word = useWord();
  const { siteId } = useSite();
  const costs = useCosts();
  const [asked, setAsked] = useState<string>();
  const chosen = overview.sites.filter(({ site }) => site.id === siteId);
  const sites = chosen.length > 0 ? chosen : overview.sites;
  const choices = carrierChoices(sites);
  const choice = choices.find(({ key }) => key === asked) ?? choices[0];
  if (sites.length === 0) return <NoPlant loading={false} error={null} />;
  if (!choice) return <EmptyState title={t('energy.consumption.empty')} text={t('energy.overview.emptyNext')} />;
  const rows = siteRows(sites, choice.key, costs.data);
  const twice = (carrier: string) => choices.filter((one) => one.carrier === carrier).length > 1;
  return (
    <div className={styles.stack}>
      {choices.length > 1 && (
        <div>
          <Segmented
            aria-label={t('energy.choice.carrier')}
            value={choice.key}
            onChange={setAsked}
            options={choices.map(({ key, carrier, unit }) => ({
              value: key,
              label: `${word('carrier', carrier)}${twice(carrier) ? ` (${unitName(unit)})` : ''}`,
            }))}
          />
        </div>
      )}
      <OverviewFigures rows={rows} unit={choice.unit} costsPending={costs.isPending} />
      <OverviewPictures rows={rows} unit={choice.unit} />
      <SiteTable rows={rows} choice={choice} costsError={costs.error} />
      <UserTable rows={rows} choice={choice} />
    </div>
  );
}
