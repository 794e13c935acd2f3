import { fontFamily } from '../../app/theme/antd-theme.ts';
import type { Palette } from '../../app/theme/palette.ts';

/** The console's look in ECharts' terms. */
export function chartTheme(palette: Palette): object {
  const axis = {
    axisLine: { lineStyle: { color: palette.lineStrong } },
    axisTick: { lineStyle: { color: palette.lineStrong } },
    axisLabel: { color: palette.textFaint, fontSize: 11, hideOverlap: true },
    nameTextStyle: { color: palette.textSoft, fontSize: 11 },
    splitLine: { lineStyle: { color: palette.line } },
  };
  return {
    color: [...palette.series],
    textStyle: { fontFamily, color: palette.text },
    timeAxis: axis,
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    logAxis: axis,
    legend: { textStyle: { color: palette.textSoft }, inactiveColor: palette.lineStrong, itemWidth: 14, itemHeight: 8 },
    tooltip: {
      backgroundColor: palette.raised,
      borderColor: palette.lineStrong,
      textStyle: { color: palette.text, fontSize: 12 },
      axisPointer: { lineStyle: { color: palette.textFaint }, crossStyle: { color: palette.textFaint } },
    },
    line: { symbol: 'none', smooth: false, lineStyle: { width: 1.5 } },
  };
}
