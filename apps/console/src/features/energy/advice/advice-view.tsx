import { Button } from 'antd';
import dayjs from 'dayjs';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { Panel } from '../../../components/panel.tsx';
import { NoteList } from '../shared/note-list.tsx';
import styles from '../shared/shared.module.css';
import { useWeekdays } from '../shared/use-weekdays.ts';
import type { Advice } from '../types.ts';
import { adviceOption } from './advice-option.ts';
import { useDismiss, useFollowUp } from './use-advice.ts';

/** One advice: what it is worth, what it rests on, and how it is followed up. */
export function AdviceView({ advice, onClose }: { advice: Advice; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const weekdays = useWeekdays();
  const dismiss = useDismiss(advice.id);
  const follow = useFollowUp(advice.id);
  const { found, currency, evidence, emission } = advice;
  const option = useMemo(
    () =>
      found &&
      adviceOption(found, palette, format, {
        ...{ now: t('energy.advice.now'), advised: t('energy.advice.advised'), weekdays },
      }),
    [found, palette, format, t, weekdays],
  );
  const range = ({ low, high }: { low: number; high: number }, digits = 0) =>
    t('energy.savings.between', {
      ...{ low: format.number(low, digits), high: format.number(high, digits), confidence: format.percent(0.9, 0) },
    });
  const today = dayjs().format('YYYY-MM-DD');
  const error = dismiss.error ?? follow.error;
  return (
    <Panel
      title={`${t(`energy.advice.kinds.${advice.kind}`)}: ${advice.point.name}`}
      extra={
        <>
          {advice.measureId ? (
            <Link to={`/energy/savings?measure=${advice.measureId}`}>{t('energy.advice.toMeasure')}</Link>
          ) : (
            found && (
              <Button
                size="small"
                type="primary"
                loading={follow.isPending}
                onClick={() =>
                  follow.mutate({
                    ...{ baselineFrom: dayjs(today).subtract(1, 'year').format('YYYY-MM-DD') },
                    ...{ workFrom: today, workTo: today, status: 'planned', method: 'auto', driverPointIds: [] },
                    description: '',
                  })
                }
              >
                {t('energy.advice.follow')}
              </Button>
            )
          )}
          {advice.status !== 'accepted' && (
            <Button
              size="small"
              loading={dismiss.isPending}
              onClick={() => dismiss.mutate(advice.status === 'dismissed' ? 'open' : 'dismissed')}
            >
              {t(advice.status === 'dismissed' ? 'energy.advice.reopen' : 'energy.advice.dismiss')}
            </Button>
          )}
          <Button size="small" type="text" onClick={onClose}>
            {t('energy.savings.close')}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        {error && <ErrorNotice error={error} />}
        {found ? (
          <>
            <FigureStrip
              figures={[
                {
                  key: 'cost',
                  label: t('energy.advice.costYear'),
                  value: (
                    <EvidenceLink
                      id={evidence}
                    >{`${format.number(found.cost.value, 0)} ${currency ?? ''}`}</EvidenceLink>
                  ),
                  note: range(found.cost),
                  tone: 'good',
                },
                {
                  key: 'energy',
                  label: t('energy.advice.energyYear'),
                  value: format.quantity(found.energy.value, 'kW.h', 0),
                  note: range(found.energy),
                },
                ...(found.tCO2e
                  ? [
                      {
                        key: 'co2',
                        label: t('energy.advice.co2Year'),
                        value: format.number(found.tCO2e.value, 2),
                        note: emission?.source,
                      },
                    ]
                  : []),
                ...found.figures.map(({ name, value, unit }) => ({
                  key: name,
                  label: t(`energy.advice.figures.${name}`),
                  value: format.quantity(value, unit, 2),
                })),
              ]}
            />
            {option && <Chart option={option} height={280} label={t('energy.advice.picture')} />}
            <NoteList notes={found.notes} />
          </>
        ) : (
          <p>{t('energy.advice.nothing')}</p>
        )}
      </div>
    </Panel>
  );
}
