import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { Chart } from '../../../components/chart/chart.tsx';
import type { Trial } from './use-experiments.ts';

/** One figure of all trials side by side, in their order; each kind is a series of its own colour. */
export function CompareChart({ trials, figure }: { trials: readonly Trial[]; figure: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = trials.filter(({ metrics }) => metrics[figure] !== undefined);
  const kinds = [...new Set(shown.map(({ kind }) => kind))];
  return (
    <Chart
      height={220}
      label={t('learning.compare', { figure, n: shown.length })}
      option={{
        grid: { left: 64, right: 16, top: 36, bottom: 28 },
        legend: { top: 4, data: kinds },
        tooltip: { trigger: 'item', valueFormatter: (value) => format.number(Number(value)) },
        xAxis: { type: 'category', data: shown.map(({ number }) => String(number)) },
        yAxis: { type: 'value', name: figure },
        series: kinds.map((kind) => ({
          type: 'bar' as const,
          name: kind,
          stack: 'all',
          data: shown.map((trial) => (trial.kind === kind ? (trial.metrics[figure] ?? null) : null)),
        })),
      }}
    />
  );
}
