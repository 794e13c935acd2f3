import type { Format } from '../../../app/i18n/format.ts';
import { unitName } from '../../../app/i18n/format.ts';
import { wallTime } from '../../../app/i18n/wall-clock.ts';
import type { Palette } from '../../../app/theme/palette.ts';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import { zoomBars } from '../shared/slider.ts';
import type { Profile } from '../types.ts';

type Curve = Profile['curve'];
export type CurveRow = readonly [time: number, mean: number | null, maximum: number | null];

/** The curve with the time of each step, as the site's clock shows it. */
export function curveRows({ from, stepMinutes, mean, maximum }: Curve, zone: string): CurveRow[] {
  const start = Date.parse(from);
  return mean.map((value, index) => [
    wallTime(start + index * stepMinutes * 60_000, zone),
    value,
    maximum[index] ?? null,
  ]);
}

export interface LoadTexts {
  readonly mean: string;
  readonly maximum: string;
}

/** Mean demand with the highest interval of each step behind it, and the peak marked. */
export function loadOption(profile: Profile, palette: Palette, format: Format, texts: LoadTexts): EChartsOption {
  const rows = curveRows(profile.curve, profile.site.timezone);
  const together = profile.curve.stepMinutes > Number({ '15m': 15, '30m': 30, '1h': 60 }[profile.interval]);
  const color = palette.series[0]!;
  return {
    useUTC: true,
    grid: { top: 30, right: 16, bottom: 56, left: 62 },
    xAxis: { type: 'time' },
    yAxis: { type: 'value', name: unitName(profile.unit), min: 0 },
    dataZoom: zoomBars(palette),
    tooltip: {
      trigger: 'axis',
      confine: true,
      valueFormatter: (value) => format.quantity(typeof value === 'number' ? value : null, profile.unit),
    },
    series: [
      ...(together
        ? [
            {
              ...{ id: 'maximum', name: texts.maximum, type: 'line' as const, step: 'end' as const, symbol: 'none' },
              data: rows.map(([time, , maximum]) => [time, maximum]),
              ...{
                lineStyle: { color, width: 0.5, opacity: 0.5 },
                itemStyle: { color },
                areaStyle: { color, opacity: 0.16 },
              },
            },
          ]
        : []),
      {
        ...{ id: 'mean', name: texts.mean, type: 'line' as const, step: 'end' as const, symbol: 'none' },
        data: rows.map(([time, mean]) => [time, mean]),
        ...{ lineStyle: { color, width: 1.4 }, itemStyle: { color } },
        ...(!together && { areaStyle: { color, opacity: 0.12 } }),
        ...(profile.baseLoad.value !== null && {
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: palette.ember, type: 'dashed' as const },
            label: { show: false },
            data: [{ yAxis: profile.baseLoad.value }],
          },
        }),
      },
    ],
  };
}
