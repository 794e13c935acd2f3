import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, ScatterChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/**
 * A chart as SVG text, drawn without a browser; the same bytes for the same option and name. `option` is as ECharts takes it.
 * @param name of the chart within its page
 */
export function chartSvg(name: string, option: Record<string, unknown>, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 900, height });
  try {
    chart.setOption({ animation: false, backgroundColor: '#fff', ...option });
    // ECharts' own names count what the process has drawn.
    const names = new Map<string, string>();
    return chart.renderToSVGString().replaceAll(/\bzr\d+-[a-z]+-?\d+/g, (own) => {
      if (!names.has(own)) names.set(own, `${name}-${names.size}`);
      return names.get(own)!;
    });
  } finally {
    chart.dispose();
  }
}
