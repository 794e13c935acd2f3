import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readingDigits, unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { LiveValue } from '../live-value.tsx';
import { useLatest } from '../use-latest.ts';
import { type Curve, curveColor } from './trend-option.ts';
import { summaryOf, type TrendSummary } from './trend-series.ts';
import styles from './trends-page.module.css';

interface TrendTableProps {
  readonly curves: readonly Curve[];
  onRemove(id: string): void;
}

/** Figures of each curve over the window, with the value now. */
export function TrendTable({ curves, onRemove }: TrendTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const latest = useLatest(useMemo(() => curves.map(({ point }) => point.id), [curves]));
  const rows = curves.map((curve, index) => ({ ...curve, index, summary: summaryOf(curve.trend) }));
  type Row = (typeof rows)[number];
  const figure = (key: 'minimum' | 'mean' | 'maximum' | 'count', digits?: number) => ({
    key,
    title: t(`cloud.trends.${key}`),
    value: (row: Row) => row.summary[key],
    render: (row: Row) => format.number(row.summary[key], digits ?? readingDigits(row.summary[key])),
    align: 'right' as const,
  });
  return (
    <DataTable<Row>
      name="trend-figures"
      rows={rows}
      rowKey={({ point }) => point.id}
      empty=""
      columns={[
        {
          key: 'name',
          title: t('cloud.points.name'),
          value: ({ point }) => point.name,
          render: ({ point, index }) => (
            <>
              <span className={styles.swatch} style={{ background: curveColor(palette, index) }} />
              {point.name} <span className="faint">{unitName(point.unit)}</span>
            </>
          ),
        },
        { key: 'unit', title: t('cloud.points.unit'), value: ({ point }) => unitName(point.unit), exportOnly: true },
        {
          key: 'now',
          title: t('cloud.trends.now'),
          value: ({ point }) => latest.get(point.id)?.value,
          render: ({ point }) => <LiveValue latest={latest.get(point.id)} unit={point.unit} />,
          align: 'right',
        },
        figure('minimum'),
        figure('mean'),
        figure('maximum'),
        figure('count', 0),
        {
          key: 'quality',
          title: t('cloud.trends.notGood'),
          value: ({ summary }) => (summary.doubtful ?? 0) + summary.bad,
          align: 'right',
          render: ({ summary }) => <NotGood summary={summary} />,
        },
        {
          key: 'resolution',
          title: t('cloud.trends.resolution'),
          value: ({ trend }) =>
            trend.resolution === 'bucket'
              ? t('cloud.trends.buckets', { time: format.duration(trend.bucketSeconds * 1000) })
              : t(`cloud.trends.resolutions.${trend.resolution}`),
        },
        {
          key: 'remove',
          title: '',
          value: () => null,
          render: ({ point }) => (
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t('cloud.trends.remove', { name: point.name })}
              onClick={() => onRemove(point.id)}
            />
          ),
        },
      ]}
    />
  );
}

/** How many readings are marked in the curve, and how many were too bad to be in it. */
function NotGood({ summary: { doubtful, bad } }: { summary: TrendSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = [
    doubtful !== undefined && doubtful > 0 && t('cloud.trends.doubtful', { n: format.number(doubtful, 0) }),
    bad > 0 && t('cloud.trends.bad', { n: format.number(bad, 0) }),
  ].filter(Boolean);
  if (parts.length > 0) return <>{parts.join(' · ')}</>;
  // Hours and days say how much was bad, not how much is doubtful.
  return doubtful === undefined ? <span className="faint">–</span> : <>0</>;
}
