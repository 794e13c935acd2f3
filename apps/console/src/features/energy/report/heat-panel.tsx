import '../../../components/chart/heatmap.ts';
import { Skeleton } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { heatOption } from './heat-option.ts';
import { type Question, useHeatMap } from './use-report.ts';

/** Hour by hour, day after day: habits and what breaks them are seen at a glance. */
export function HeatPanel({ question }: { question: Question }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const heat = useHeatMap(question);
  const option = useMemo(() => heat.data && heatOption(heat.data, palette, format), [heat.data, palette, format]);
  return (
    <Panel title={t('energy.report.heat')}>
      {heat.error && <ErrorNotice error={heat.error} onRetry={() => void heat.refetch()} />}
      {option ? (
        <Chart option={option} height={330} label={t('energy.report.heat')} />
      ) : (
        <Skeleton active title={false} paragraph={{ rows: 8 }} />
      )}
    </Panel>
  );
}
