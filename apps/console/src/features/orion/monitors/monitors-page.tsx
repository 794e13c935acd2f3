import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { Sparkline } from '../sparkline.tsx';
import { healthTone, monitorTones } from '../tones.ts';
import type { Monitor } from '../types.ts';
import { useMonitors } from '../use-orion.ts';

/** Watched assets: how well each runs, and how well its promise of few false alarms is kept. */
export function MonitorsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { siteId } = useSite();
  const format = useFormat();
  const navigate = useNavigate();
  const { data, error, refetch } = useMonitors();
  const rows = data?.filter((one) => !siteId || one.siteId === siteId);
  const columns: Column<Monitor>[] = [
    {
      key: 'name',
      title: t('health.asset'),
      value: ({ name }) => name,
      render: ({ name, siteName }) => (
        <span className="wrap">
          <strong data-raw>{name}</strong>
          <br />
          <small className="faint" data-raw>
            {siteName}
          </small>
        </span>
      ),
    },
    { key: 'site', title: t('health.site'), value: ({ siteName }) => siteName, exportOnly: true },
    {
      key: 'health',
      title: t('health.index'),
      value: ({ health }) => health,
      searched: false,
      render: ({ health }) =>
        health === null ? (
          <span className="faint">–</span>
        ) : (
          <StateMark tone={healthTone(health)}>{format.number(health, 3)}</StateMark>
        ),
    },
    {
      key: 'trend',
      title: t('health.trend'),
      value: () => null,
      render: ({ trend, name }) => <Sparkline values={trend} label={t('health.trendOf', { name })} />,
    },
    {
      key: 'state',
      title: t('health.state'),
      value: ({ state }) => t(`health.monitorState.${state}`),
      render: ({ state }) => <StateMark tone={monitorTones[state]}>{t(`health.monitorState.${state}`)}</StateMark>,
    },
    { key: 'incidents', title: t('health.openIncidents'), value: ({ openIncidents }) => openIncidents, align: 'right' },
    {
      key: 'false',
      title: t('health.falsePerWeek'),
      value: ({ falsePerWeek }) => falsePerWeek,
      align: 'right',
      searched: false,
      render: ({ falsePerWeek, perWeek }) =>
        `${falsePerWeek === null ? '–' : format.number(falsePerWeek, 2)} / ${format.number(perWeek, 2)}`,
    },
    { key: 'id', title: 'id', value: ({ id }) => id, exportOnly: true },
  ];
  const add = may('orion.monitor.write') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('/orion/monitors/new')}>
      {t('health.watchAsset')}
    </Button>
  );
  return (
    <>
      <PageHeader page="monitors">{add}</PageHeader>
      <DataTable<Monitor>
        name="monitors"
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => navigate(`/orion/monitors/${id}`)}
        empty={
          <EmptyState title={t('health.noneWatched')} text={t('health.noneWatchedNext')}>
            {add}
          </EmptyState>
        }
      />
    </>
  );
}
