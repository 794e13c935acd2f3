import { Spin } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { Panel } from '../../../components/panel.tsx';
import { AmountText } from '../shared/amount-text.tsx';
import { NoReadings } from '../shared/no-readings.tsx';
import { Proof } from '../shared/proof.tsx';
import styles from '../shared/shared.module.css';
import type { Specific } from '../types.ts';
import { specificOption } from './specific-option.ts';
import { type SpecificQuestion, useRecordSpecific, useSpecific } from './use-specific.ts';

/** How much energy a tonne or a piece took, and when it took more. */
export function SpecificView({ question }: { question: SpecificQuestion }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const { data, error, refetch } = useSpecific(question);
  const record = useRecordSpecific(question);
  const option = useMemo(
    () =>
      data &&
      specificOption(data, palette, format, {
        value: t('energy.specific.value'),
        production: t('energy.specific.made'),
      }),
    [data, palette, format, t],
  );
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data || !option)
    return (
      <div className={styles.waiting}>
        <Spin />
      </div>
    );
  if (data.coverage === 0) return <NoReadings points={data.points} zone={data.site.timezone} />;
  const energyUnit = data.unit.split('/')[0] ?? '';
  const shown = (value: number | null, unit: string, digits?: number) => {
    const amount = <AmountText value={value} unit={unit} digits={digits} />;
    return record.data ? <EvidenceLink id={record.data}>{amount}</EvidenceLink> : amount;
  };
  const made = data.productionPoint.unit;
  return (
    <div className={styles.stack}>
      <FigureStrip
        figures={[
          { key: 'value', label: t('energy.specific.value'), value: shown(data.value, perUnit(data.unit)) },
          { key: 'energy', label: t('energy.specific.energy'), value: shown(data.energy, energyUnit, 0) },
          {
            key: 'made',
            label: t('energy.specific.made'),
            value: shown(data.production, made, 1),
            note: data.productionPoint.name,
          },
          {
            key: 'coverage',
            label: t('energy.figures.coverage'),
            value: format.percent(data.coverage),
            note: t('energy.specific.coverageNote'),
          },
        ]}
      />
      <Proof recording={record} hint={t('energy.specific.recordHint')} />
      <Panel title={t('energy.specific.title')}>
        <Chart option={option} height={320} label={t('energy.specific.title')} />
      </Panel>
      <Panel title={t('energy.specific.table')} flush>
        <DataTable<Specific['series'][number]>
          name="energy-per-unit"
          rows={data.series}
          rowKey={({ key }) => key}
          empty=""
          columns={[
            { key: 'key', title: t(`energy.steps.${question.by}`), value: ({ key }) => key },
            column('value', `${t('energy.specific.value')} (${perUnit(data.unit)})`, (value) =>
              format.number(value, 3),
            ),
            column('energy', `${t('energy.specific.energy')} (${unitName(energyUnit)})`, (value) =>
              format.number(value, 1),
            ),
            column('production', `${t('energy.specific.made')} (${unitName(made)})`, (value) =>
              format.number(value, 2),
            ),
            column('coverage', t('energy.figures.coverage'), (value) => format.percent(value)),
          ]}
        />
      </Panel>
    </div>
  );
}

/** `kW.h/t` as people write it. */
const perUnit = (unit: string) => unit.split('/').map(unitName).join('/');

type Row = Specific['series'][number];

const column = (
  key: 'value' | 'energy' | 'production' | 'coverage',
  title: string,
  render: (value: number | null) => string,
) => ({
  ...{ key, title, align: 'right' as const, searched: false },
  value: (row: Row) => row[key],
  render: (row: Row) => render(row[key]),
});
