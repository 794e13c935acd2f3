import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { emissionChartOption } from './emission-chart-option.ts';
import type { SiteTonnes } from './emission-figure.ts';

export function EmissionChart({ sites }: { sites: readonly SiteTonnes[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const option = useMemo(() => {
    const words = {
      scope1: t('esg.scope.1'),
      location: t('esg.total.scope2Location'),
      market: t('esg.total.scope2Market'),
    };
    return emissionChartOption(sites, words, palette, format);
  }, [sites, t, palette, format]);
  const label = sites
    .map(({ site, scope1, location }) => `${site}: ${format.number(scope1 + location, 0)} t`)
    .join(', ');
  return (
    <Chart option={option} height={76 + sites.length * 62} label={t('esg.emissions.chartLabel', { values: label })} />
  );
}
