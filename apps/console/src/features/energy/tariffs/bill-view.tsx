import { Spin } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { Chart } from '../../../components/chart/chart.tsx';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { Panel } from '../../../components/panel.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { AmountText } from '../shared/amount-text.tsx';
import type { Period } from '../shared/period.ts';
import styles from '../shared/shared.module.css';
import { componentColumns } from './bill-months.ts';
import { useBillWord } from './use-bill-word.ts';
import { useBill } from './use-tariffs.ts';

interface BillViewProps {
  readonly siteId: string;
  readonly period: Period;
  readonly tariff: string | undefined;
}

/** What the energy cost: in all, by component and month, and every line of it. */
export function BillView({ siteId, period, tariff }: BillViewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useBillWord();
  const { data, error, refetch } = useBill(siteId, period, tariff, true);
  const option = useMemo(
    (): EChartsOption => ({
      grid: { top: 48, right: 16, bottom: 30, left: 86 },
      legend: { type: 'plain', top: 0, left: 0 },
      xAxis: { type: 'category', data: data?.months.map(({ month }) => month) ?? [] },
      yAxis: { type: 'value', name: data?.currency ?? '' },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        confine: true,
        valueFormatter: (value) => format.fixed(Number(value), 2),
      },
      series: componentColumns(data?.months ?? []).map(({ component, costs }) => ({
        ...{ name: word('component', component), type: 'bar', stack: 'all', barMaxWidth: 48, data: [...costs] },
      })),
    }),
    [data, format, word],
  );
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <div className={styles.waiting}>
        <Spin />
      </div>
    );
  const money = (text: string) => `${format.fixed(Number(text), 2)} ${data.currency}`;
  const shown = (text: string) => (
    <EvidenceLink id={data.evidence}>
      <AmountText value={Number(text)} unit={data.currency} decimals={2} />
    </EvidenceLink>
  );
  const lines = data.months.flatMap(({ month, lines: some }) =>
    some.map((line, index) => ({ ...line, month, id: `${month} ${index}` })),
  );
  return (
    <div className={styles.stack}>
      <FigureStrip
        figures={[
          {
            key: 'total',
            label: t('energy.cost.total'),
            value: shown(data.total),
            note: <EvidenceLink id={data.evidence} />,
          },
          ...data.byPeriod.map(({ period: use, amount, cost }) => ({
            key: use,
            label: word('use', use),
            value: shown(cost),
            note: format.quantity(amount, 'kW.h', 0),
          })),
        ]}
      />
      {data.tariffs.some(({ example }) => example) && <StateMark tone="warn">{t('energy.cost.example')}</StateMark>}
      <Panel title={t('energy.cost.byMonth')}>
        <Chart option={option} height={300} label={t('energy.cost.byMonth')} />
      </Panel>
      <Panel title={t('energy.cost.lines')} flush>
        <DataTable
          name="bill"
          rows={lines}
          rowKey={({ id }) => id}
          empty=""
          columns={[
            { key: 'month', title: t('energy.steps.month'), value: ({ month }) => month },
            {
              key: 'component',
              title: t('energy.cost.component'),
              value: ({ component }) => word('component', component),
            },
            {
              key: 'name',
              title: t('energy.cost.line'),
              value: ({ name, period: use }) => word(use ? 'use' : 'lineName', name),
            },
            { key: 'use', title: t('energy.cost.use'), value: ({ period: use }) => (use ? word('use', use) : '') },
            {
              key: 'quantity',
              title: t('energy.cost.quantity'),
              align: 'right',
              value: ({ quantity }) => quantity,
              render: ({ quantity, unit }) => format.quantity(Number(quantity), unit),
            },
            { key: 'price', title: t('energy.cost.price'), align: 'right', value: ({ price }) => price },
            {
              key: 'cost',
              title: t('energy.cost.cost'),
              align: 'right',
              value: ({ cost }) => cost,
              render: ({ cost }) => money(cost),
            },
          ]}
        />
      </Panel>
    </div>
  );
}
