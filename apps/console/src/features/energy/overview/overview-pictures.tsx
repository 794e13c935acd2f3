import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { Panel } from '../../../components/panel.tsx';
import styles from '../shared/shared.module.css';
import { dayKeys, daysOption, monthsOption } from './days-option.ts';
import type { SiteRow } from './site-rows.ts';

/** The month day by day, and against the months it is measured by. */
export function OverviewPictures({ rows, unit }: { rows: readonly SiteRow[]; unit: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const days = useMemo(() => daysOption(rows, unit, format), [rows, unit, format]);
  const months = useMemo(
    () =>
      monthsOption(
        rows,
        unit,
        format,
        {
          lastYear: t('energy.overview.sameMonthLastYear'),
          lastMonth: t('energy.overview.lastMonth'),
          thisMonth: t('energy.overview.thisMonth'),
        },
        [palette.lineStrong, palette.series[0]!, palette.series[1]!],
      ),
    [rows, unit, format, palette, t],
  );
  return (
    <div className={styles.columns}>
      <Panel title={t('energy.overview.byDay')}>
        {dayKeys(rows).length > 0 ? (
          <Chart option={days} height={260} label={t('energy.overview.byDay')} />
        ) : (
          <p className="soft">{t('energy.overview.nothingYet')}</p>
        )}
      </Panel>
      <Panel title={t('energy.overview.byMonth')}>
        <Chart option={months} height={260} label={t('energy.overview.byMonth')} />
      </Panel>
    </div>
  );
}
