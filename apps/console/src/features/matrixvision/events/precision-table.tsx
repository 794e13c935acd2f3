import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { useRuleName } from '../shared/use-rule-name.ts';
import type { EventFilter, RulePrecision } from '../types.ts';
import styles from './events.module.css';
import { usePrecision } from './use-events.ts';

interface PrecisionTableProps {
  readonly filter: EventFilter;
  readonly filters: ReactNode;
}

/** How often each rule on each camera was right, by those of its events that were reviewed. */
export function PrecisionTable({ filter: { state: _, text: __, ...filter }, filters }: PrecisionTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const nameOf = useRuleName();
  const { data, error, refetch } = usePrecision(filter);
  const number = (key: 'events' | 'confirmed' | 'rejected', title: string): Column<RulePrecision> => ({
    ...{ key, title, align: 'right', searched: false },
    value: (row) => row[key],
    render: (row) => format.number(row[key], 0),
  });
  const columns: Column<RulePrecision>[] = [
    {
      key: 'rule',
      title: t('video.events.rule'),
      value: nameOf,
      render: (row) => <strong data-raw>{nameOf(row)}</strong>,
    },
    { key: 'camera', title: t('pages.camera.title'), value: ({ cameraName }) => cameraName },
    number('events', t('pages.video-events.title')),
    number('confirmed', t('video.review.confirmed')),
    number('rejected', t('video.review.rejected')),
    {
      key: 'precision',
      title: t('video.precision.title'),
      align: 'right',
      searched: false,
      value: ({ precision }) => precision,
      render: ({ precision }) => <b>{format.percent(precision)}</b>,
    },
    {
      key: 'interval',
      title: t('video.precision.interval'),
      searched: false,
      value: ({ low, high }) => (low === null ? null : `${format.percent(low)} – ${format.percent(high)}`),
      render: (row) => <Interval row={row} />,
      width: 230,
    },
  ];
  return (
    <DataTable<RulePrecision>
      name="rule-precision"
      rows={data}
      columns={columns}
      rowKey={({ cameraId, ruleId }) => `${cameraId} ${ruleId}`}
      error={error}
      onRetry={() => void refetch()}
      onOpen={({ cameraId, ruleId }) => navigate(`/video/events?camera=${cameraId}&rule=${encodeURIComponent(ruleId)}`)}
      filters={filters}
      empty={<EmptyState title={t('video.precision.empty')} text={t('video.precision.emptyNext')} />}
    />
  );
}

/** The 95 % interval as a bar: the fewer were reviewed, the wider. */
function Interval({ row: { precision, low, high } }: { row: RulePrecision }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (precision === null || low === null || high === null)
    return <span className="faint">{t('video.precision.none')}</span>;
  return (
    <span className={styles.interval}>
      <span className={styles.bar}>
        <i style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
        <b style={{ left: `${precision * 100}%` }} />
      </span>
      {format.percent(low, 0)} – {format.percent(high, 0)}
    </span>
  );
}
