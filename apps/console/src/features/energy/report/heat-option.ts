import type { Format } from '../../../app/i18n/format.ts';
import type { Palette } from '../../../app/theme/palette.ts';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import type { HeatMap } from '../types.ts';

const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);

/** Cells that are known, as ECharts takes them: column (day), row (hour), value. */
export const heatCells = (rows: HeatMap['rows']): [number, number, number][] =>
  rows.flatMap((row, day) =>
    row.hours.flatMap((value, hour): [number, number, number][] => (value === null ? [] : [[day, hour, value]])),
  );

/** Days from left to right, hours from bottom to top, the darker the more. */
export function heatOption({ rows, unit }: HeatMap, palette: Palette, format: Format): EChartsOption {
  const cells = heatCells(rows);
  const most = cells.reduce((highest, [, , value]) => Math.max(highest, value), 0);
  return {
    grid: { top: 12, right: 16, bottom: 66, left: 52 },
    xAxis: { type: 'category', data: rows.map(({ date }) => date), axisTick: { show: false } },
    yAxis: { type: 'category', data: hours, axisTick: { show: false }, axisLabel: { interval: 5 } },
    visualMap: {
      type: 'continuous',
      min: 0,
      max: most || 1,
      calculable: true,
      orient: 'horizontal',
      left: 'center',
      bottom: 0,
      itemHeight: 220,
      itemWidth: 12,
      textStyle: { color: palette.textFaint },
      formatter: (value) => format.quantity(Number(value), unit, 0),
      inRange: { color: [palette.accentSoft, palette.accent, palette.ember] },
    },
    tooltip: {
      confine: true,
      formatter: (item) => {
        const one = Array.isArray(item) ? item[0] : item;
        const [day, hour, value] = (one?.value ?? [0, 0, 0]) as [number, number, number];
        return `${rows[day]?.date} ${hours[hour]}<br><b>${format.quantity(value, unit)}</b>`;
      },
    },
    series: [{ type: 'heatmap', data: cells, progressive: 0, itemStyle: { borderWidth: 0 } }],
  };
}
