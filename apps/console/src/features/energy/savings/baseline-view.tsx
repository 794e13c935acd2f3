import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { Panel } from '../../../components/panel.tsx';
import { NoteList } from '../shared/note-list.tsx';
import { PlainTable } from '../shared/plain-table.tsx';
import styles from '../shared/shared.module.css';
import type { Baseline } from '../types.ts';
import { baselineOption } from './baseline-option.ts';

type Coefficient = Baseline['baseline']['segments'][number]['coefficients'][number];

/** How well a baseline explains the meter, as a picture first. */
export function BaselineView({ baseline: answer }: { baseline: Baseline }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const { baseline, unit, notes, evidence } = answer;
  const option = useMemo(
    () =>
      baselineOption(answer, palette, format, {
        measured: t('energy.savings.measured'),
        fitted: t('energy.savings.fitted'),
        band: t('energy.savings.band'),
      }),
    [answer, palette, format, t],
  );
  const [segment] = baseline.segments;
  const { heating, cooling } = segment!.balancePoints;
  const rows = segment!.coefficients.filter(({ name }) => !name.startsWith('hour '));
  const per = t(baseline.step === 'hour' ? 'energy.savings.perHour' : 'energy.savings.perDay', {
    unit: unitName(unit),
  });
  return (
    <Panel
      title={t('energy.savings.baselineOf', { name: answer.point.name })}
      extra={<EvidenceLink id={evidence}>{t(`energy.savings.methods.${baseline.method}`)}</EvidenceLink>}
    >
      <div className={styles.stack}>
        <FigureStrip
          figures={[
            {
              ...{ key: 'cvrmse', label: 'CV(RMSE)', value: format.percent(baseline.cvrmse) },
              tone: baseline.cvrmse <= 0.25 ? 'good' : 'warn',
            },
            {
              key: 'held',
              label: t('energy.savings.heldOut'),
              value: format.percent(baseline.heldOut?.cvrmse),
              note: t('energy.savings.heldOutNote'),
            },
            {
              key: 'nmbe',
              label: 'NMBE',
              value: format.percent(Math.abs(baseline.nmbe) < 5e-5 ? 0 : baseline.nmbe, 2),
            },
            { key: 'r2', label: 'R²', value: format.number(baseline.r2, 3) },
            ...(heating === null && cooling === null
              ? []
              : [
                  {
                    key: 'balance',
                    label: t('energy.savings.balance'),
                    value: [heating, cooling]
                      .filter((value) => value !== null)
                      .map((value) => format.quantity(value, 'Cel', 1))
                      .join(' / '),
                  },
                ]),
          ]}
        />
        <Chart option={option} height={300} label={t('energy.savings.picture')} />
        <NoteList notes={notes} />
        {baseline.segments.length === 1 && (
          <PlainTable<Coefficient>
            rows={rows}
            rowKey={({ name }) => name}
            columns={[
              { key: 'name', title: t('energy.savings.coefficient'), value: ({ name }) => name },
              {
                ...{ key: 'value', title: per, align: 'right', value: ({ value }) => value },
                render: ({ value, error }) =>
                  `${format.number(value, 4)}${error === null ? '' : ` ± ${format.number(error, 4)}`}`,
              },
              {
                ...{ key: 'p', title: 'p', align: 'right', value: ({ p }) => p },
                render: ({ p }) => format.number(p, 4),
              },
            ]}
          />
        )}
      </div>
    </Panel>
  );
}
