/** Only what every chart needs; `heatmap.ts` and `sankey.ts` add theirs where they are used. */
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

export type { EChartsOption } from 'echarts';
export type { EChartsType } from 'echarts/core';
export { init };
