import { severities } from '@millwright/kernel';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSite } from '../../../app/site.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { SeverityMark } from '../../alerts/severity-mark.tsx';
import type { Incident } from '../types.ts';
import { useIncidents } from '../use-orion.ts';

const views = ['open', 'closed', 'all'] as const;

/** Alarms of one cause, and what people said of them. */
export function IncidentsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { siteId } = useSite();
  const [view, setView] = useParameter('state');
  const [severity, setSeverity] = useParameter('severity');
  const chosen = views.find((one) => one === view) ?? 'open';
  const grave = severities.find((one) => one === severity);
  const { data, error, refetch } = useIncidents({
    ...(chosen !== 'all' && { state: chosen }),
    ...(siteId && { siteId }),
    ...(grave && { severity: grave }),
  });
  const columns: Column<Incident>[] = [
    { key: 'number', title: t('health.number'), value: ({ number }) => number },
    {
      key: 'asset',
      title: t('health.asset'),
      value: ({ nodeName }) => nodeName,
      render: ({ nodeName, siteName }) => (
        <span className="wrap">
          <strong data-raw>{nodeName}</strong>
          <br />
          <small className="faint" data-raw>
            {siteName}
          </small>
        </span>
      ),
    },
    {
      key: 'severity',
      title: t('alerts.deliveries.severity'),
      value: ({ severity: one }) => t(`alerts.severity.${one}`),
      render: ({ severity: one }) => <SeverityMark severity={one} />,
    },
    {
      key: 'leading',
      title: t('health.leading'),
      value: ({ leading }) => leading,
      width: 260,
      render: ({ leading }) => (
        <span className="wrap" data-raw>
          {leading ?? '–'}
        </span>
      ),
    },
    {
      key: 'from',
      title: t('health.since'),
      value: ({ from }) => from,
      searched: false,
      render: ({ from, timezone }) => (
        <time dateTime={from} className="nowrap">
          {format.minute(from, timezone)}
        </time>
      ),
    },
    {
      key: 'ended',
      title: t('health.goesOn'),
      value: ({ ended, to }) => (ended ? to : t('health.stillOn')),
      searched: false,
      render: ({ ended, to, timezone }) => (ended ? format.minute(to, timezone) : t('health.stillOn')),
    },
    {
      key: 'verdict',
      title: t('health.verdict'),
      value: ({ verdict }) => (verdict ? t(`health.verdicts.${verdict}`) : null),
    },
    { key: 'comment', title: t('health.comment'), value: ({ comment }) => comment || null, exportOnly: true },
    {
      key: 'order',
      title: t('health.order'),
      value: ({ orderId }) => orderId,
      render: ({ orderId }) =>
        orderId ? (
          <Link to={`/orders/${orderId}`} onClick={(event) => event.stopPropagation()}>
            {t('health.openOrder')}
          </Link>
        ) : (
          '–'
        ),
    },
  ];
  return (
    <>
      <PageHeader page="incidents">
        <Segmented
          aria-label={t('health.state')}
          value={chosen}
          onChange={(next) => setView(next === 'open' ? undefined : next)}
          options={views.map((value) => ({ value, label: t(`health.incidentView.${value}`) }))}
        />
      </PageHeader>
      <DataTable<Incident>
        name="incidents"
        rows={data}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => navigate(`/orion/incidents/${id}`)}
        filters={
          <FilterSelect
            label={t('alerts.deliveries.severity')}
            value={severity}
            onChange={setSeverity}
            options={severities.map((value) => ({ value, label: t(`alerts.severity.${value}`) }))}
          />
        }
        empty={<EmptyState title={t('health.noIncidents')} text={t('health.noIncidentsNext')} />}
      />
    </>
  );
}
