import '../../../components/chart/zoom.ts';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { wallText } from '../../../app/i18n/wall-clock.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useZoom } from '../../cloud/trends/use-zoom.ts';
import styles from '../shared/shared.module.css';
import type { Profile } from '../types.ts';
import { loadOption } from './load-option.ts';
import { type Question, useProfile } from './use-report.ts';

/** The load over time; a closer look asks the server again and shows more, not the same larger. */
export function LoadPanel({ question, profile }: { question: Question; profile: Profile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const [closer, setCloser] = useState<Question['period']>();
  const near = useProfile(
    { ...question, period: closer ?? question.period, interval: profile.interval },
    closer !== undefined,
  );
  const shown = (closer && near.data) ?? profile;
  const listen = useZoom((from, to) => setCloser({ from: wallText(from), to: wallText(to) }));
  const option = useMemo(
    () => loadOption(shown, palette, format, { mean: t('energy.report.mean'), maximum: t('energy.report.maximum') }),
    [shown, palette, format, t],
  );
  return (
    <Panel
      title={t('energy.report.load')}
      extra={
        closer && (
          <Button size="small" onClick={() => setCloser(undefined)}>
            {t('energy.report.whole')}
          </Button>
        )
      }
    >
      {near.error && <ErrorNotice error={near.error} />}
      <div className={near.isFetching ? styles.busy : undefined} aria-busy={near.isFetching}>
        <Chart key={closer?.from ?? ''} option={option} height={300} label={t('energy.report.load')} onReady={listen} />
      </div>
      <p className={styles.hint}>{t('energy.report.loadHint', { zone: profile.site.timezone })}</p>
    </Panel>
  );
}
