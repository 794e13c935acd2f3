import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readingDigits, unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import type { Curve } from './trend-option.ts';
import { type TrendRow, trendTable } from './trend-series.ts';

/** What the chart draws, as figures: newest first, each point in a column of its own. */
export function TrendValues({ curves, loading }: { curves: readonly Curve[]; loading: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = useMemo(() => trendTable(curves.map(({ trend }) => trend)), [curves]);
  const number = (value: number) => format.number(value, readingDigits(value));
  const columns: Column<TrendRow>[] = [
    {
      key: 'time',
      title: t('cloud.trends.time'),
      value: ({ time }) => new Date(time).toISOString(),
      render: ({ time }) => <span className="nowrap">{format.dateTime(time)}</span>,
    },
    ...curves.map(
      ({ point }, place): Column<TrendRow> => ({
        key: point.id,
        title: `${point.name} (${unitName(point.unit) || '1'})`,
        value: ({ cells }) => cells[place]?.mean,
        align: 'right',
        searched: false,
        render: ({ cells }) => {
          const cell = cells[place];
          if (!cell) return <span className="faint">–</span>;
          return (
            <>
              {cell.quality > 0 && (
                <span title={t(`cloud.quality.${cell.quality === 3 ? 'substituted' : 'uncertain'}`)}>◇ </span>
              )}
              {number(cell.mean)}
              {cell.count > 1 && (
                <span className="faint">
                  {' '}
                  {number(cell.minimum)} … {number(cell.maximum)}
                </span>
              )}
            </>
          );
        },
      }),
    ),
  ];
  return (
    <DataTable
      name="trend-values"
      rows={loading && rows.length === 0 ? undefined : rows}
      columns={columns}
      rowKey={({ time }) => String(time)}
      empty={t('cloud.trends.nothing')}
    />
  );
}
