import { type Format, unitName } from '../../../app/i18n/format.ts';
import type { Palette } from '../../../app/theme/palette.ts';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import type { Specific } from '../types.ts';

/** Energy per unit as a line over the production as bars: low output and high figures are seen together. */
export function specificOption(
  { series, unit, value, productionPoint }: Specific,
  palette: Palette,
  format: Format,
  names: { readonly value: string; readonly production: string },
): EChartsOption {
  const per = unit.split('/').map(unitName).join('/');
  const made = unitName(productionPoint.unit);
  return {
    grid: { top: 52, right: 64, bottom: 30, left: 64 },
    legend: { top: 0, left: 0 },
    xAxis: { type: 'category', data: series.map(({ key }) => key) },
    yAxis: [
      { type: 'value', name: per, scale: false },
      { type: 'value', name: made, position: 'right', splitLine: { show: false } },
    ],
    tooltip: { trigger: 'axis', confine: true },
    series: [
      {
        ...{ name: names.production, type: 'bar', yAxisIndex: 1, barMaxWidth: 28 },
        itemStyle: { color: palette.lineStrong, opacity: 0.55 },
        data: series.map(({ production }) => production),
        tooltip: { valueFormatter: (shown) => `${format.number(Number(shown), 2)} ${made}` },
      },
      {
        ...{ name: names.value, type: 'line', symbol: 'circle', symbolSize: 5 },
        itemStyle: { color: palette.series[0]! },
        lineStyle: { color: palette.series[0]!, width: 1.8 },
        data: series.map((row) => row.value),
        tooltip: { valueFormatter: (shown) => (typeof shown === 'number' ? `${format.number(shown, 3)} ${per}` : '–') },
        ...(value !== null && {
          markLine: {
            ...{ silent: true, symbol: 'none', label: { show: false } },
            lineStyle: { color: palette.ember, type: 'dashed' as const },
            data: [{ yAxis: value }],
          },
        }),
      },
    ],
  };
}
