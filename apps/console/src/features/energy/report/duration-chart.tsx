import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { Chart } from '../../../components/chart/chart.tsx';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import type { Profile } from '../types.ts';
import { thinned } from './thin.ts';

/** For how many hours demand was at least so high. */
export function DurationChart({ duration }: { duration: Profile['duration'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const option = useMemo((): EChartsOption => {
    const rows = thinned(duration.hours.map((hours, index): [number, number] => [hours, duration.demand[index]!]));
    return {
      grid: { top: 30, right: 20, bottom: 42, left: 56 },
      xAxis: {
        type: 'value',
        name: t('energy.report.hours'),
        nameLocation: 'middle',
        nameGap: 26,
        min: 0,
        max: 'dataMax',
        axisLabel: { showMaxLabel: false },
      },
      yAxis: { type: 'value', name: unitName(duration.unit), min: 0 },
      tooltip: {
        trigger: 'axis',
        confine: true,
        formatter: (items) => {
          const [item] = Array.isArray(items) ? items : [items];
          const [hours, demand] = (item?.value ?? []) as [number?, number?];
          return t('energy.report.atLeast', {
            hours: format.number(hours, 1),
            demand: format.quantity(demand, duration.unit),
          });
        },
      },
      series: [{ type: 'line', data: rows, symbol: 'none', areaStyle: { opacity: 0.12 } }],
    };
  }, [duration, format, t]);
  return <Chart option={option} height={260} label={t('energy.report.duration')} />;
}
