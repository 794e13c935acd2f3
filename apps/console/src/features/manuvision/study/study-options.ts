import type { Format } from '../../../app/i18n/format.ts';
import type { Palette } from '../../../app/theme/palette.ts';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import type { StudiedFeature } from '../types.ts';
import type { OperatorMeasurements, VariationKey } from './study-rows.ts';

const shown: readonly VariationKey[] = ['gaugeRR', 'repeatability', 'reproducibility', 'partToPart'];
const percent = (format: Format) => (value: unknown) =>
  typeof value === 'number' ? `${format.number(value, 1)} %` : '–';

/** Shares of each kind of variation, side by side. */
export function componentsOption(
  { study }: StudiedFeature,
  format: Format,
  texts: { readonly name: (key: VariationKey | 'contribution' | 'study' | 'tolerance') => string },
): EChartsOption {
  const of = (key: 'contributionPercent' | 'studyPercent' | 'tolerancePercent') => shown.map((one) => study[one][key]);
  const bars = [
    { id: 'contribution', name: texts.name('contribution'), data: of('contributionPercent') },
    { id: 'study', name: texts.name('study'), data: of('studyPercent') },
    ...(study.gaugeRR.tolerancePercent === null
      ? []
      : [{ id: 'tolerance', name: texts.name('tolerance'), data: of('tolerancePercent') }]),
  ];
  return {
    grid: { top: 34, right: 12, bottom: 28, left: 48 },
    legend: { top: 0 },
    xAxis: { type: 'category', data: shown.map(texts.name), axisLabel: { interval: 0 } },
    yAxis: { type: 'value', name: '%', min: 0 },
    tooltip: { trigger: 'axis', confine: true, valueFormatter: percent(format) },
    series: bars.map((bar) => ({ ...bar, type: 'bar' as const, barMaxWidth: 26 })),
  };
}

/** Each measurement as a point, and each operator's means as a line, over the parts. */
export function measurementsOption(
  operators: readonly OperatorMeasurements[],
  unit: string,
  palette: Palette,
  format: Format,
): EChartsOption {
  const digits = (value: unknown) => (typeof value === 'number' ? format.number(value, 4) : '–');
  return {
    grid: { top: 34, right: 12, bottom: 28, left: 64 },
    legend: { top: 0, data: operators.map(({ operator }) => operator) },
    xAxis: { type: 'category', data: operators[0]?.parts.map(({ part }) => part) ?? [] },
    yAxis: { type: 'value', name: unit, scale: true },
    tooltip: { trigger: 'item', confine: true, valueFormatter: (value) => digits([value].flat().at(-1)) },
    series: operators.flatMap(({ operator, parts }, at) => {
      const color = palette.series[at % palette.series.length]!;
      const same = { name: operator, type: 'line' as const, itemStyle: { color } };
      return [
        {
          ...{ ...same, id: `mean ${operator}`, symbol: 'none', lineStyle: { color, width: 1.4 } },
          data: parts.map(({ part, values }) => [part, values.reduce((sum, one) => sum + one, 0) / values.length]),
        },
        {
          ...{ ...same, id: `each ${operator}`, symbol: 'circle', symbolSize: 7, showAllSymbol: true },
          lineStyle: { width: 0 },
          data: parts.flatMap(({ part, values }) => values.map((value) => [part, value])),
        },
      ];
    }),
  };
}
