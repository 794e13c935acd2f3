import { useEffect, useRef } from 'react';
import { useTheme } from '../../app/theme/theme-context.tsx';
import styles from './chart.module.css';
import { chartTheme } from './chart-theme.ts';
import { type EChartsOption, type EChartsType, init } from './echarts.ts';

interface ChartProps {
  readonly option: EChartsOption;
  readonly height?: number;
  /** What the picture shows, for who cannot see it. */
  readonly label: string;
  /** Called once with the chart, to listen to its events. */
  onReady?(chart: EChartsType): void;
}

/** A picture that follows theme and size. */
export function Chart({ option, height = 280, label, onReady }: ChartProps) {
  const { palette } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const latest = useRef({ option, onReady });
  latest.current = { option, onReady };
  useEffect(() => {
    const made = init(place.current!, chartTheme(palette));
    chart.current = made;
    made.setOption({ animation: false, ...latest.current.option });
    latest.current.onReady?.(made);
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(place.current!);
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, [palette]);
  useEffect(() => {
    chart.current?.setOption({ animation: false, ...option }, { replaceMerge: ['series', 'yAxis'] });
  }, [option]);
  return <div ref={place} className={styles.chart} style={{ height }} role="img" aria-label={label} />;
}
