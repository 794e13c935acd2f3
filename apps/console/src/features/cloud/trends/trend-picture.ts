import type { Palette } from '../../../app/theme/palette.ts';
import { chartTheme } from '../../../components/chart/chart-theme.ts';
import '../../../components/chart/graphic.ts';
import { type EChartsOption, init } from '../../../components/chart/echarts.ts';

const size = { width: 1280, height: 560 };

/** A picture for a report: the curves with their names and the window above, which the page shows around the chart. */
export async function trendPicture(
  option: EChartsOption,
  names: readonly string[],
  title: string,
  palette: Palette,
): Promise<Blob> {
  const place = document.createElement('div');
  const chart = init(place, chartTheme(palette), { ...size, devicePixelRatio: 2 });
  try {
    const { dataZoom: _left, ...rest } = option;
    chart.setOption({
      ...rest,
      animation: false,
      legend: { data: [...names], top: 10, left: 16 },
      graphic: [{ type: 'text', right: 16, top: 12, style: { text: title, fill: palette.textSoft, fontSize: 12 } }],
      grid: { ...option.grid, top: 76, bottom: 40 },
    });
    // Not through a data address: the server's security policy lets the page fetch from the server only.
    const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: palette.panel });
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The browser made no picture of the chart.');
    return blob;
  } finally {
    chart.dispose();
  }
}
