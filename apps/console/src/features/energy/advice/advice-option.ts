import type { Format } from '../../../app/i18n/format.ts';
import type { Palette } from '../../../app/theme/palette.ts';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import type { Advice } from '../types.ts';

type Found = NonNullable<Advice['found']>;

/** How it is now and as advised. */
export function adviceOption(
  { picture }: Found,
  palette: Palette,
  format: Format,
  names: { readonly now: string; readonly advised: string; readonly weekdays: readonly string[] },
): EChartsOption {
  const labels =
    picture.labels ??
    picture.now.map((_, hour) => `${names.weekdays[Math.floor(hour / 24)]} ${String(hour % 24).padStart(2, '0')}:00`);
  const line = (name: string, data: readonly (number | null)[], color: string) => ({
    ...{ name, type: 'line' as const, symbol: 'none', data: [...data] },
    ...{ itemStyle: { color }, lineStyle: { color, width: 1.8 } },
    tooltip: { valueFormatter: (shown: unknown) => format.number(Number(shown), 2) },
  });
  return {
    grid: { top: 40, right: 16, bottom: 30, left: 56 },
    legend: { top: 0, left: 0 },
    xAxis: { type: 'category', data: labels },
    yAxis: { type: 'value', name: picture.axis === 'month' ? 'cos φ' : 'kW', scale: picture.axis === 'month' },
    tooltip: { trigger: 'axis', confine: true },
    series: [line(names.now, picture.now, palette.series[0]!), line(names.advised, picture.advised, palette.good)],
  };
}
