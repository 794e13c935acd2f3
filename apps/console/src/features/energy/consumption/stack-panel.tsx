import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import type { Period } from '../shared/period.ts';
import styles from '../shared/shared.module.css';
import type { CarrierConsumption } from '../types.ts';
import { directParts, stacksOf } from './stacks.ts';
import { type Step, usePartSeries } from './use-consumption.ts';

interface StackPanelProps {
  readonly nodeId: string;
  readonly consumption: CarrierConsumption;
  readonly period: Period;
  readonly by: Step;
}

/** Day by day or month by month, the parts of the plant on top of each other. */
export function StackPanel({ nodeId, consumption, period, by }: StackPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const { carrier, unit, series, nodes } = consumption;
  const parts = useMemo(() => directParts(nodes, nodeId), [nodes, nodeId]);
  const below = usePartSeries(parts, carrier, period, by);
  const option = useMemo((): EChartsOption => {
    const { keys, stacks, rest } = stacksOf(series ?? [], below.data);
    const restName = t(stacks.length > 0 ? 'energy.consumption.rest' : 'energy.figures.consumption');
    const colors = [
      ...palette.series.slice(0, stacks.length),
      stacks.length > 0 ? palette.lineStrong : palette.series[0]!,
    ];
    return {
      grid: { top: 48, right: 16, bottom: 30, left: 76 },
      legend: { type: 'plain', top: 0, left: 0 },
      xAxis: { type: 'category', data: [...keys] },
      yAxis: { type: 'value', name: unitName(unit) },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        confine: true,
        valueFormatter: (value) => format.quantity(typeof value === 'number' ? value : null, unit, 1),
      },
      series: [...stacks, { name: restName, values: rest }].map(({ name, values }, index) => ({
        ...{ name, type: 'bar' as const, stack: 'all', barMaxWidth: 42, data: [...values] },
        itemStyle: { color: colors[index]! },
      })),
    };
  }, [series, below.data, unit, palette, format, t]);
  return (
    <Panel title={t(`energy.consumption.title.${by}`)}>
      {below.error && <ErrorNotice error={below.error} />}
      <div className={below.loading ? styles.busy : undefined} aria-busy={below.loading}>
        <Chart option={option} height={300} label={t(`energy.consumption.title.${by}`)} />
      </div>
    </Panel>
  );
}
