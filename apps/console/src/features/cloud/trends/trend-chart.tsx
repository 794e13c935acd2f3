import '../../../components/chart/zoom.ts';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { type Curve, trendOption } from './trend-option.ts';
import styles from './trends-page.module.css';
import { useZoom } from './use-zoom.ts';
import { type TrendWindow, windowForKey } from './window.ts';

interface TrendChartProps {
  readonly curves: readonly Curve[];
  readonly window: TrendWindow;
  readonly loading: boolean;
  onWindow(window: TrendWindow): void;
}

/** The curves; zooming asks the server again, so that a closer look shows more and not the same points larger. */
export function TrendChart({ curves, window, loading, onWindow }: TrendChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const latest = useRef(onWindow);
  latest.current = onWindow;
  const listen = useZoom((from, to) => latest.current({ from, to, live: undefined }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a live window moves with every render; it is drawn anew when its data comes.
  const option = useMemo(
    () => trendOption(curves, window, palette, format),
    [curves.map(({ trend }) => trend), palette, format, window.live ?? `${window.from} ${window.to}`],
  );
  return (
    <section
      className={styles.chart}
      aria-busy={loading}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the chart is moved and zoomed with keys.
      tabIndex={0}
      aria-label={t('cloud.trends.keys')}
      onKeyDown={(event) => {
        const next = windowForKey(event.key, window);
        if (event.key === '0') onWindow({ ...window, live: '24h' });
        else if (next) onWindow(next);
        else return;
        event.preventDefault();
      }}
    >
      <Chart
        option={option}
        height={400}
        label={t('cloud.trends.label', { names: curves.map(({ point }) => point.name).join(', ') })}
        onReady={listen}
      />
      <p className={styles.hint}>{t('cloud.trends.hint', { zone })}</p>
    </section>
  );
}
