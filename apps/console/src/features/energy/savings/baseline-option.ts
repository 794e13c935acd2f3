import { type Format, unitName } from '../../../app/i18n/format.ts';
import type { Palette } from '../../../app/theme/palette.ts';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import type { Baseline, Savings } from '../types.ts';

/** 90 % of a normal distribution. */
const ninety = 1.645;

interface Band {
  readonly name: string;
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** Two stacked lines of which only the upper one is filled: a band. */
function bandSeries({ name, low, high }: Band, color: string): NonNullable<EChartsOption['series']> {
  const shared = { type: 'line' as const, stack: name, symbol: 'none', silent: true, lineStyle: { opacity: 0 } };
  return [
    { ...shared, name: `${name} low`, data: [...low], tooltip: { show: false } },
    {
      ...{ ...shared, name, areaStyle: { color, opacity: 0.18 }, tooltip: { show: false } },
      data: high.map((value, at) => (value === null || low[at] === null ? null : value - low[at]!)),
    },
  ];
}

/** What was measured beside what the baseline says, with the band that nine of ten days lie in. */
export function baselineOption(
  { daily, baseline, unit }: Baseline,
  palette: Palette,
  format: Format,
  names: { readonly measured: string; readonly fitted: string; readonly band: string },
): EChartsOption {
  // Per day: the deviation of an hour's sum over a day is what days were off by, not 24 times an hour's.
  const known = daily.measured.flatMap((value, at) =>
    value === null || daily.fitted[at] == null ? [] : [(value - daily.fitted[at]!) ** 2],
  );
  const half =
    ninety * Math.sqrt(known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length - baseline.parameters));
  const shift = (by: number) => daily.fitted.map((value) => (value === null ? null : value + by));
  const valueFormatter = (shown: unknown) => format.quantity(Number(shown), unit, 1);
  return {
    grid: { top: 44, right: 16, bottom: 30, left: 64 },
    legend: { top: 0, left: 0, data: [names.measured, names.fitted, names.band] },
    xAxis: { type: 'category', data: daily.start.map((start) => start.slice(0, 10)) },
    yAxis: { type: 'value', name: unitName(unit), scale: true },
    tooltip: { trigger: 'axis', confine: true },
    series: [
      ...([
        bandSeries({ name: names.band, low: shift(-half), high: shift(half) }, palette.series[1]!),
      ].flat() as object[]),
      {
        ...{ name: names.fitted, type: 'line', symbol: 'none', data: [...daily.fitted], tooltip: { valueFormatter } },
        ...{ itemStyle: { color: palette.series[1]! }, lineStyle: { color: palette.series[1]!, width: 1.6 } },
      },
      {
        ...{
          name: names.measured,
          type: 'line',
          symbol: 'none',
          data: [...daily.measured],
          tooltip: { valueFormatter },
        },
        ...{ itemStyle: { color: palette.series[0]! }, lineStyle: { color: palette.series[0]!, width: 1.4 } },
      },
    ] as NonNullable<EChartsOption['series']>,
  };
}

/** What has been saved so far, with its interval, over the days of the reporting period. */
export function savingsOption(
  { daily, savings }: Savings,
  palette: Palette,
  format: Format,
  names: { readonly cumulative: string; readonly interval: string },
): EChartsOption {
  const { cumulative, uncertainty, start } = daily;
  const valueFormatter = (shown: unknown) => format.quantity(Number(shown), savings.unit, 0);
  const edge = (sign: number) => cumulative.map((value, at) => value + sign * uncertainty[at]!);
  return {
    grid: { top: 44, right: 16, bottom: 30, left: 72 },
    legend: { top: 0, left: 0, data: [names.cumulative, names.interval] },
    xAxis: { type: 'category', data: start.map((day) => day.slice(0, 10)) },
    yAxis: { type: 'value', name: unitName(savings.unit) },
    tooltip: { trigger: 'axis', confine: true },
    series: [
      // Stacking in ECharts adds only values of one sign, so the edges are drawn as lines where the band crosses zero.
      ...[-1, 1].map((sign) => ({
        ...{
          name: names.interval,
          type: 'line' as const,
          symbol: 'none',
          data: edge(sign),
          tooltip: { valueFormatter },
        },
        itemStyle: { color: palette.textFaint },
        lineStyle: { color: palette.textFaint, width: 1, type: 'dashed' as const },
      })),
      {
        ...{ name: names.cumulative, type: 'line' as const, symbol: 'none', data: [...cumulative] },
        ...{
          tooltip: { valueFormatter },
          itemStyle: { color: palette.good },
          lineStyle: { color: palette.good, width: 2 },
        },
        areaStyle: { color: palette.good, opacity: 0.08 },
      },
    ],
  };
}
