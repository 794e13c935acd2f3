import type { Palette } from '../../../app/theme/palette.ts';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import { yieldOf } from '../shared/yield-of.ts';
import type { StationFigures } from '../types.ts';

interface Words {
  readonly ok: string;
  readonly ng: string;
  readonly refused: string;
  readonly yield: string;
  readonly parts: string;
  readonly share: string;
  /** Of what was rejected without a class. */
  readonly unnamed: string;
  classText(name: string): string;
}

const kinds = ['ok', 'ng', 'refused'] as const;

/** Parts of each hour as bars, and the share that passed as a line. */
export function yieldChart(
  { hours }: Pick<StationFigures, 'hours'>,
  { words, palette, hourText }: { words: Words; palette: Palette; hourText: (at: string) => string },
): EChartsOption {
  const colors = { ok: palette.good, ng: palette.bad, refused: palette.warn };
  return {
    grid: { top: 44, right: 46, bottom: 26, left: 44 },
    legend: { top: 0, left: 0 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, confine: true },
    xAxis: { type: 'category', data: hours.map(({ at }) => hourText(at)) },
    yAxis: [
      { type: 'value', minInterval: 1, name: words.parts, nameGap: 8 },
      { type: 'value', min: 0, max: 100, name: '%', nameGap: 8, splitLine: { show: false } },
    ],
    series: [
      ...kinds.map((kind) => ({
        ...{ type: 'bar' as const, stack: 'parts', name: words[kind], barMaxWidth: 36 },
        itemStyle: { color: colors[kind] },
        data: hours.map((hour) => hour[kind]),
      })),
      {
        ...{ type: 'line' as const, name: words.yield, yAxisIndex: 1, symbol: 'circle', symbolSize: 5 },
        itemStyle: { color: palette.series[0]! },
        data: hours.map((hour) => Math.round((yieldOf(hour) ?? 0) * 1000) / 10),
      },
    ],
  };
}

/** Classes of what was rejected, most first, and which share of all they make together. */
export function paretoChart(
  { classes }: Pick<StationFigures, 'classes'>,
  { words, palette }: { words: Words; palette: Palette },
): EChartsOption {
  const all = classes.reduce((sum, { count }) => sum + count, 0);
  let so = 0;
  const shares = classes.map(({ count }) => {
    so += count;
    return Math.round((so / all) * 1000) / 10;
  });
  return {
    grid: { top: 44, right: 46, bottom: 26, left: 44 },
    legend: { top: 0, left: 0 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, confine: true },
    xAxis: { type: 'category', data: classes.map(({ name }) => (name ? words.classText(name) : words.unnamed)) },
    yAxis: [
      { type: 'value', minInterval: 1, name: words.parts, nameGap: 8 },
      { type: 'value', min: 0, max: 100, name: '%', nameGap: 8, splitLine: { show: false } },
    ],
    series: [
      {
        ...{ type: 'bar' as const, name: words.ng, barMaxWidth: 48, itemStyle: { color: palette.bad } },
        data: classes.map(({ count }) => count),
      },
      {
        ...{ type: 'line' as const, name: words.share, yAxisIndex: 1, symbol: 'circle', symbolSize: 5 },
        itemStyle: { color: palette.series[0]! },
        data: shares,
      },
    ],
  };
}
