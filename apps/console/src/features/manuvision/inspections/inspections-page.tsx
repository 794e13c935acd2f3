import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { useSites } from '../../cloud/use-plant.ts';
import { judgesBySettings } from '../guide/inspection-kinds.ts';
import { useDatasets } from '../shared/use-datasets.ts';
import { useSiteInspections } from '../shared/use-inspections.ts';
import { useStations } from '../shared/use-stations.ts';
import type { Inspection } from '../types.ts';

/** What was taught to look at parts, what it promises, and where it judges. */
export function InspectionsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { may } = useSession();
  const sites = useSites();
  const { data, error, refetch } = useSiteInspections();
  const datasets = useDatasets().data ?? [];
  const stations = useStations().data ?? [];
  const stationsOf = (row: Inspection): string =>
    stations
      .filter(({ inspectionId }) => inspectionId === row.id)
      .map(({ name }) => name)
      .join(t('listSeparator'));
  const columns: Column<Inspection>[] = [
    {
      key: 'name',
      title: t('parts.name'),
      value: ({ name }) => name,
      render: ({ name }) => <strong data-raw>{name}</strong>,
    },
    { key: 'kind', title: t('parts.kind'), value: ({ kind }) => t(`parts.kinds.${kind}.title`, kind) },
    { key: 'site', title: t('shell.site'), value: ({ siteId }) => sites.find(({ id }) => id === siteId)?.name },
    {
      key: 'dataset',
      title: t('pages.dataset.title'),
      value: (row) => datasets.find(({ id }) => id === row.datasetId)?.name,
      render: (row) => (
        <Link to={`/parts/pictures/${row.datasetId}`} onClick={(event) => event.stopPropagation()} data-raw>
          {datasets.find(({ id }) => id === row.datasetId)?.name ?? t('pages.dataset.title')}
        </Link>
      ),
    },
    {
      key: 'promise',
      title: t('parts.promise.short'),
      align: 'right',
      searched: false,
      value: ({ kind, promise }) => (judgesBySettings(kind) ? undefined : promise),
      render: ({ kind, promise }) =>
        judgesBySettings(kind) ? (
          <span className="faint">{t('parts.told.bySettings')}</span>
        ) : (
          t('parts.promise.atMost', { n: format.number(promise, 1) })
        ),
    },
    {
      key: 'version',
      title: t('parts.version'),
      align: 'right',
      searched: false,
      value: ({ newestVersion }) => newestVersion,
      render: ({ newestVersion }) =>
        newestVersion === 0 ? <span className="faint">{t('parts.untrained')}</span> : newestVersion,
    },
    {
      key: 'stations',
      title: t('pages.stations.title'),
      value: stationsOf,
      render: (row) => {
        const names = stationsOf(row);
        return (
          <StateMark tone={names ? 'good' : 'idle'}>
            {names ? <span data-raw>{names}</span> : t('parts.noStation')}
          </StateMark>
        );
      },
    },
  ];
  const create = may('manuvision.inspection.write') && (
    <Link to="/parts/inspections/new">
      <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
        {t('parts.new')}
      </Button>
    </Link>
  );
  return (
    <>
      <PageHeader page="inspections">{create}</PageHeader>
      <DataTable<Inspection>
        name="inspections"
        rows={data}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => navigate(`/parts/inspections/${id}`)}
        empty={
          <EmptyState title={t('parts.empty')} text={t('parts.emptyNext')}>
            {create}
          </EmptyState>
        }
      />
    </>
  );
}
