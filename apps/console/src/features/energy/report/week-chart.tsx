import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import { useWeekdays } from '../shared/use-weekdays.ts';
import type { Profile } from '../types.ts';

const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);

/** Mean demand by hour, one curve for each weekday; the days at the weekend are dashed. */
export function WeekChart({ week }: { week: Profile['week'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const weekdays = useWeekdays();
  const names = weekdays.join(' ');
  const option = useMemo((): EChartsOption => {
    const days = names.split(' ');
    return {
      color: [...palette.series],
      grid: { top: 52, right: 16, bottom: 28, left: 56 },
      legend: { top: 0, left: 0, icon: 'roundRect' },
      xAxis: { type: 'category', data: hours, boundaryGap: false },
      yAxis: { type: 'value', name: unitName(week.unit), min: 0 },
      tooltip: {
        trigger: 'axis',
        confine: true,
        valueFormatter: (value) => format.quantity(typeof value === 'number' ? value : null, week.unit),
      },
      series: week.weekdays.map((values, day) => ({
        name: days[day]!,
        type: 'line',
        symbol: 'none',
        lineStyle: { width: 1.5, type: day > 4 ? 'dashed' : 'solid' },
        data: [...values],
      })),
    };
  }, [week, names, palette, format]);
  return <Chart option={option} height={260} label={t('energy.report.week')} />;
}
