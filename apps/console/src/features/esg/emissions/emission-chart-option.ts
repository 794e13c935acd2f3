import type { Format } from '../../../app/i18n/format.ts';
import type { Palette } from '../../../app/theme/palette.ts';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import type { SiteTonnes } from './emission-figure.ts';

export interface ChartWords {
  readonly scope1: string;
  readonly location: string;
  readonly market: string;
}

/** Two bars a site: with location-based Scope 2 and with market-based Scope 2, each upon the same Scope 1. */
export function emissionChartOption(
  sites: readonly SiteTonnes[],
  words: ChartWords,
  palette: Palette,
  format: Format,
): EChartsOption {
  const bar = (name: string, stack: string, color: string, of: (site: SiteTonnes) => number) => ({
    type: 'bar' as const,
    name,
    stack,
    color,
    barMaxWidth: 22,
    data: sites.map(of),
  });
  const [first, second, third] = palette.series as [string, string, string];
  return {
    grid: { left: 8, right: 24, top: 34, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0 },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      valueFormatter: (value) => `${format.number(Number(value), 2)} t CO₂e`,
    },
    xAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.number(value, 0) } },
    yAxis: { type: 'category', inverse: true, data: sites.map(({ site }) => site) },
    series: [
      bar(words.scope1, 'location', second, ({ scope1 }) => scope1),
      bar(words.location, 'location', first, ({ location }) => location),
      bar(words.scope1, 'market', second, ({ scope1 }) => scope1),
      bar(words.market, 'market', third, ({ market }) => market),
    ],
  };
}
