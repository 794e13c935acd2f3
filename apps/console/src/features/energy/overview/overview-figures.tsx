import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Figure, FigureStrip } from '../../../components/figure-strip.tsx';
import { AmountText } from '../shared/amount-text.tsx';
import { Change } from '../shared/change.tsx';
import type { CarrierOverview } from '../types.ts';
import { changeOf, costTotals, type SiteRow, sumOf } from './site-rows.ts';

interface OverviewFiguresProps {
  readonly rows: readonly SiteRow[];
  readonly unit: string;
  readonly costsPending: boolean;
}

/** All sites together. */
export function OverviewFigures({ rows, unit, costsPending }: OverviewFiguresProps) {
  const { t } = useTranslation();
  const amount = (key: 'thisMonth' | 'lastMonth' | 'sameMonthLastYear' | 'yesterday') => {
    const value = sumOf(rows, (carrier) => carrier[key].value);
    return <AmountText value={value} unit={unit} digits={value !== null && Math.abs(value) >= 1e4 ? 0 : 2} />;
  };
  const moved = (key: keyof CarrierOverview['comparisons'], text: string) => {
    const change = changeOf(rows, key);
    return (
      change !== null && (
        <div>
          <Change change={change} /> {text}
        </div>
      )
    );
  };
  const totals = costTotals(rows);
  const cost: Figure[] = totals.map(({ currency, total, example }) => ({
    key: currency,
    label: t('energy.overview.cost'),
    value: <AmountText value={total} unit={currency} digits={total >= 1e4 ? 0 : 2} />,
    note: t(example ? 'energy.overview.costExample' : 'energy.overview.costNote'),
    ...(example && { tone: 'warn' as const }),
  }));
  if (costsPending) cost.push({ key: 'cost', label: t('energy.overview.cost'), value: <Spin size="small" /> });
  return (
    <FigureStrip
      figures={[
        {
          key: 'thisMonth',
          label: t('energy.overview.thisMonth'),
          value: amount('thisMonth'),
          note: (
            <>
              {moved('lastMonth', t('energy.overview.toLastMonth'))}
              {moved('lastYear', t('energy.overview.toLastYear'))}
            </>
          ),
        },
        {
          key: 'yesterday',
          label: t('energy.overview.yesterday'),
          value: amount('yesterday'),
          note: moved('yesterday', t('energy.overview.toWeekBefore')),
        },
        {
          key: 'lastMonth',
          label: t('energy.overview.lastMonth'),
          value: amount('lastMonth'),
          note: t('energy.overview.whole'),
        },
        {
          key: 'sameMonthLastYear',
          label: t('energy.overview.sameMonthLastYear'),
          value: amount('sameMonthLastYear'),
          note: t('energy.overview.whole'),
        },
        ...cost,
      ]}
    />
  );
}
