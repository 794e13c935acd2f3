import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useSites } from '../../cloud/use-plant.ts';
import { useSiteInspections } from '../shared/use-inspections.ts';
import { useSiteStations } from '../shared/use-stations.ts';
import { yieldOf } from '../shared/yield-of.ts';
import type { Station } from '../types.ts';
import styles from './stations.module.css';

const kinds = ['ok', 'ng', 'refused'] as const;

/** Where parts are judged, and how it goes today. */
export function StationsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { may } = useSession();
  const sites = useSites();
  const { data, error, refetch } = useSiteStations();
  const inspections = useSiteInspections().data ?? [];
  const columns: Column<Station>[] = [
    {
      key: 'name',
      title: t('parts.station.name'),
      value: ({ name }) => name,
      render: ({ name }) => <strong data-raw>{name}</strong>,
    },
    { key: 'site', title: t('shell.site'), value: ({ siteId }) => sites.find(({ id }) => id === siteId)?.name },
    {
      key: 'inspection',
      title: t('pages.inspection.title'),
      value: ({ inspectionName }) => inspectionName,
      render: ({ inspectionId, inspectionName, version }) => (
        <Link to={`/parts/inspections/${inspectionId}`} onClick={(event) => event.stopPropagation()}>
          <span data-raw>{inspectionName}</span> · {t('parts.versionNumber', { n: version })}
        </Link>
      ),
    },
    ...kinds.map(
      (kind): Column<Station> => ({
        ...{ key: kind, title: `${t(`parts.verdict.${kind}`)} · ${t('parts.today')}`, align: 'right', searched: false },
        value: ({ today }) => today[kind],
        render: ({ today }) => (
          <span className={styles.counts}>
            <b data-kind={today[kind] > 0 ? kind : undefined}>{format.number(today[kind], 0)}</b>
          </span>
        ),
      }),
    ),
    {
      key: 'yield',
      title: t('parts.yield'),
      align: 'right',
      searched: false,
      value: ({ today }) => yieldOf(today),
      render: ({ today }) => format.percent(yieldOf(today), 1),
    },
    {
      key: 'last',
      title: t('parts.station.last'),
      searched: false,
      value: ({ lastAt }) => lastAt,
      render: ({ lastAt }) => (lastAt ? format.ago(lastAt) : <span className="faint">{t('parts.station.never')}</span>),
    },
  ];
  const isTaught = inspections.some(({ newestVersion }) => newestVersion > 0);
  return (
    <>
      <PageHeader page="stations" />
      <DataTable<Station>
        name="stations"
        rows={data}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => navigate(`/parts/stations/${id}`)}
        empty={
          <EmptyState
            title={t('parts.station.empty')}
            text={t(isTaught ? 'parts.station.emptyTaught' : 'parts.station.emptyNext')}
          >
            {may('manuvision.station.write') && (
              <Link to={isTaught ? '/parts/inspections' : '/parts/inspections/new'}>
                <Button type="primary" tabIndex={-1}>
                  {t(isTaught ? 'pages.inspections.title' : 'parts.new')}
                </Button>
              </Link>
            )}
          </EmptyState>
        }
      />
    </>
  );
}
