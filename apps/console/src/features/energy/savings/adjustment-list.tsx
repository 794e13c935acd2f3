import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { PlainTable } from '../shared/plain-table.tsx';
import type { Measure } from '../types.ts';
import { useWithdraw } from './use-savings.ts';

type Adjustment = Measure['adjustments'][number];

/** What the baseline was adjusted by, who says so and what shows it. */
export function AdjustmentList({ measure }: { measure: Measure }) {
  const { t } = useTranslation();
  const format = useFormat();
  const withdraw = useWithdraw(measure.id);
  if (measure.adjustments.length === 0) return null;
  const zone = measure.site.timezone;
  return (
    <PlainTable<Adjustment>
      rows={measure.adjustments}
      rowKey={({ id }) => id}
      columns={[
        { key: 'reason', title: t('energy.savings.reason'), value: ({ reason }) => reason },
        {
          ...{ key: 'period', title: t('energy.savings.period'), value: ({ from }) => from },
          render: ({ from, to }) => `${format.date(from, zone)} – ${format.date(to, zone)}`,
        },
        {
          ...{ key: 'amount', title: t('energy.savings.amount'), align: 'right', value: ({ amount }) => amount },
          render: ({ amount }) => format.quantity(amount, measure.point.unit, 1),
        },
        { key: 'document', title: t('energy.savings.document'), value: ({ document }) => document?.name ?? '–' },
        { key: 'by', title: t('energy.savings.by'), value: ({ by }) => by },
        {
          ...{ key: 'withdraw', title: '', value: () => '' },
          render: ({ id }) => (
            <Button size="small" loading={withdraw.isPending} onClick={() => withdraw.mutate(id)}>
              {t('energy.savings.withdraw')}
            </Button>
          ),
        },
      ]}
    />
  );
}
