import type { Point, Trend } from '../../../api/types.ts';
import type { Format } from '../../../app/i18n/format.ts';
import { readingDigits, unitName } from '../../../app/i18n/format.ts';
import type { Palette } from '../../../app/theme/palette.ts';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import { doubtfulSamples, gapOf, seriesOf } from './trend-series.ts';

export interface Curve {
  readonly point: Point;
  readonly trend: Trend;
}

export const curveColor = (palette: Palette, index: number): string => palette.series[index % palette.series.length]!;

const axisWidth = 58;

/** One axis per unit, left and right in turn; each curve with the band of its least and greatest values. */
export function trendOption(
  curves: readonly Curve[],
  window: { from: number; to: number },
  palette: Palette,
  format: Format,
): EChartsOption {
  // ECharts needs an axis even while there is nothing to draw on it.
  const units = curves.length > 0 ? [...new Set(curves.map(({ point }) => point.unit))] : [''];
  const right = Math.max(16, Math.floor(units.length / 2) * axisWidth);
  const left = Math.max(16, Math.ceil(units.length / 2) * axisWidth);
  return {
    grid: { top: 36, right, bottom: 58, left },
    xAxis: { type: 'time', min: window.from, max: window.to },
    yAxis: units.map((unit, index) => ({
      type: 'value',
      name: unitName(unit),
      scale: true,
      position: index % 2 === 0 ? 'left' : 'right',
      offset: Math.floor(index / 2) * axisWidth,
      axisLine: { show: true },
      splitLine: { show: index === 0 },
    })),
    dataZoom: [
      { type: 'inside', start: 0, end: 100, zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false },
      { type: 'slider', start: 0, end: 100, height: 18, bottom: 8, showDataShadow: false, ...sliderColors(palette) },
    ],
    tooltip: { trigger: 'axis', confine: true, formatter: (items) => tooltip(items, curves, palette, format) },
    series: curves.flatMap(({ point, trend }, index) => {
      const { mean, minimum, spread } = seriesOf(trend, gapOf(trend, point.intervalSeconds));
      const color = curveColor(palette, index);
      const shared = {
        type: 'line' as const,
        yAxisIndex: units.indexOf(point.unit),
        symbol: 'none',
        ...(point.kind === 'gauge' ? {} : { step: 'end' as const }),
      };
      const hidden = {
        ...shared,
        silent: true,
        lineStyle: { opacity: 0 },
        stack: `band-${index}`,
        stackStrategy: 'all' as const,
      };
      return [
        { ...hidden, id: `min-${point.id}`, data: minimum },
        { ...hidden, id: `band-${point.id}`, data: spread, areaStyle: { color, opacity: 0.16 } },
        {
          ...shared,
          id: `mean-${point.id}`,
          name: point.name,
          data: mean,
          lineStyle: { color, width: 1.6 },
          itemStyle: { color },
        },
        {
          ...shared,
          id: `doubt-${point.id}`,
          silent: true,
          data: doubtfulSamples(trend),
          symbol: 'diamond',
          symbolSize: 8,
          lineStyle: { opacity: 0 },
          itemStyle: { color: palette.panel, borderColor: color, borderWidth: 1.6 },
        },
      ];
    }),
  };
}

const sliderColors = (palette: Palette) => ({
  borderColor: palette.line,
  fillerColor: palette.accentSoft,
  backgroundColor: palette.sunken,
  handleStyle: { color: palette.panel, borderColor: palette.accent },
  moveHandleSize: 0,
  textStyle: { color: palette.textFaint },
});

interface TooltipItem {
  readonly seriesId?: string;
  readonly value?: unknown;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function tooltip(items: unknown, curves: readonly Curve[], palette: Palette, format: Format): string {
  const list = (Array.isArray(items) ? items : [items]) as TooltipItem[];
  const first = list[0]?.value as [number, number] | undefined;
  if (!first) return '';
  const lines = curves.flatMap(({ point, trend }, index) => {
    const item = list.find(({ seriesId }) => seriesId === `mean-${point.id}`);
    const [time, value] = (item?.value ?? []) as [number?, (number | null)?];
    if (time === undefined || value === undefined || value === null) return [];
    const at = trend.time.indexOf(time);
    const band =
      trend.resolution === 'reading'
        ? ''
        : ` <span style="opacity:.65">${format.number(trend.minimum[at], readingDigits(trend.minimum[at]))} … ${format.number(trend.maximum[at], readingDigits(trend.maximum[at]))}</span>`;
    return `<span style="color:${curveColor(palette, index)}">■</span> ${escaped(point.name)}: <b>${format.quantity(value, point.unit, readingDigits(value))}</b>${band}${trend.quality[at] ? ' ◇' : ''}`;
  });
  return [format.dateTime(first[0]), ...lines].join('<br>');
}
