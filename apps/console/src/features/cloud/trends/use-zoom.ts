import { useRef } from 'react';
import type { EChartsType } from '../../../components/chart/echarts.ts';

/** A drag ends when it has been still for so long. */
const settleMs = 350;

interface ZoomState {
  readonly start?: number;
  readonly end?: number;
  readonly startValue?: number;
  readonly endValue?: number;
}

/** Tells the stretch that a person has zoomed or panned to, once they have stopped. */
export function useZoom(onZoom: (from: number, to: number) => void): (chart: EChartsType) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return (chart) => {
    chart.on('datazoom', () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        if (chart.isDisposed()) return;
        const [state] = (chart.getOption() as { dataZoom?: ZoomState[] }).dataZoom ?? [];
        if (!state || (state.start === 0 && state.end === 100)) return;
        if (state.startValue !== undefined && state.endValue !== undefined && state.startValue < state.endValue)
          onZoom(state.startValue, state.endValue);
      }, settleMs);
    });
  };
}
