import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { Panel } from '../../../components/panel.tsx';
import { NoteList } from '../shared/note-list.tsx';
import styles from '../shared/shared.module.css';
import type { Measure } from '../types.ts';
import { AdjustmentForm } from './adjustment-form.tsx';
import { AdjustmentList } from './adjustment-list.tsx';
import { savingsOption } from './baseline-option.ts';
import { useChangeMeasure, useSavings } from './use-savings.ts';

const statuses = ['planned', 'installed', 'verified', 'abandoned'] as const;

/** One measure: what it saved so far, with its interval, and what the baseline was adjusted by. */
export function MeasureView({ measure, onClose }: { measure: Measure; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const [adjusting, setAdjusting] = useState(false);
  const prove = useSavings(measure.id);
  const change = useChangeMeasure(measure.id);
  const result = prove.data?.savings ?? measure.result;
  const evidence = prove.data?.evidence ?? measure.evidence;
  const option = useMemo(
    () =>
      prove.data &&
      savingsOption(prove.data, palette, format, {
        cumulative: t('energy.savings.cumulative'),
        interval: t('energy.savings.interval'),
      }),
    [prove.data, palette, format, t],
  );
  return (
    <Panel
      title={measure.name}
      extra={
        <>
          <Select
            size="small"
            aria-label={t('energy.savings.status')}
            value={measure.status}
            loading={change.isPending}
            onChange={(status) => change.mutate({ status })}
            options={statuses.map((value) => ({ value, label: t(`energy.savings.statuses.${value}`) }))}
            style={{ minWidth: 110 }}
          />
          <Button size="small" type="primary" loading={prove.isPending} onClick={() => prove.mutate(undefined)}>
            {t('energy.savings.prove')}
          </Button>
          <Button size="small" onClick={() => setAdjusting(true)}>
            {t('energy.savings.adjust')}
          </Button>
          <Button size="small" type="text" onClick={onClose}>
            {t('energy.savings.close')}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        {measure.description && <p>{measure.description}</p>}
        {(prove.error ?? change.error) && <ErrorNotice error={prove.error ?? change.error} />}
        {result ? (
          <FigureStrip
            figures={[
              {
                key: 'savings',
                label: t('energy.savings.saved'),
                value: evidence && (
                  <EvidenceLink id={evidence}>{format.quantity(result.savings, result.unit, 0)}</EvidenceLink>
                ),
                note: t('energy.savings.between', {
                  low: format.number(result.interval.low, 0),
                  high: format.number(result.interval.high, 0),
                  confidence: format.percent(result.confidence, 0),
                }),
                tone: result.significant && result.savings > 0 ? 'good' : 'warn',
              },
              { key: 'share', label: t('energy.savings.share'), value: format.percent(result.savingsShare) },
              {
                key: 'uncertainty',
                label: t('energy.savings.fractional'),
                value: format.percent(result.fractionalUncertainty, 0),
              },
              {
                key: 'baseline',
                label: t('energy.savings.adjusted'),
                value: format.quantity(result.adjustedBaseline, result.unit, 0),
                note: t('energy.savings.days', { days: format.number(result.intervals.days, 0) }),
              },
              {
                key: 'measured',
                label: t('energy.savings.measured'),
                value: format.quantity(result.measured, result.unit, 0),
              },
            ]}
          />
        ) : (
          <p className="faint">{t('energy.savings.notProven')}</p>
        )}
        {option && <Chart option={option} height={280} label={t('energy.savings.cumulative')} />}
        {prove.data && <NoteList notes={prove.data.notes} />}
        <AdjustmentList measure={measure} />
      </div>
      {adjusting && <AdjustmentForm measure={measure} onClose={() => setAdjusting(false)} />}
    </Panel>
  );
}
