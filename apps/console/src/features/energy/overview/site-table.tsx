import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../../../api/api-error.ts';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { useErrorText } from '../../../components/use-error-text.ts';
import { scaleFor } from '../shared/amount.ts';
import { Change } from '../shared/change.tsx';
import type { CarrierOverview, SiteCost } from '../types.ts';
import { consumptionAddress, costAddress } from './addresses.ts';
import type { CarrierChoice, SiteRow } from './site-rows.ts';

interface SiteTableProps {
  readonly rows: readonly SiteRow[];
  readonly choice: CarrierChoice;
  readonly costsError: unknown;
}

/** Site by site; every figure leads to the page that takes it apart and records it with evidence. */
export function SiteTable({ rows, choice, costsError }: SiteTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const scale = scaleFor(
    rows.map(({ carrier }) => carrier?.thisMonth.value ?? null),
    choice.unit,
  );
  const amount = (
    key: 'thisMonth' | 'lastMonth' | 'sameMonthLastYear' | 'yesterday',
    title: string,
  ): Column<SiteRow> => ({
    ...{ key, title: `${title} (${unitName(scale.unit)})`, align: 'right', searched: false },
    value: ({ carrier }) => scaled(carrier?.[key].value, scale.factor),
    render: ({ id, carrier }) => {
      const shown = carrier?.[key];
      if (!shown || shown.value === null) return <span className="faint">–</span>;
      return (
        <Link to={consumptionAddress(id, choice.carrier, shown)}>
          {format.number(shown.value * scale.factor, scale.factor < 1 ? 1 : 0)}
        </Link>
      );
    },
  });
  const change = (key: keyof CarrierOverview['comparisons'], title: string): Column<SiteRow> => ({
    ...{ key: `change ${key}`, title, align: 'right', searched: false },
    value: ({ carrier }) => (carrier?.comparisons[key]?.comparable ? carrier.comparisons[key].perDay.change : null),
    render: ({ carrier }) => {
      const comparison = carrier?.comparisons[key];
      if (!comparison) return <span className="faint">–</span>;
      if (comparison.comparable) return <Change change={comparison.perDay.change} />;
      return (
        <span className="faint" title={t('energy.overview.gapsHint')}>
          {t('energy.overview.gaps')}
        </span>
      );
    },
  });
  return (
    <Panel title={t('energy.overview.bySite')} flush>
      {costsError ? <ErrorNotice error={costsError} /> : null}
      <DataTable<SiteRow>
        name="energy-overview"
        rows={rows}
        rowKey={({ id }) => id}
        empty=""
        columns={[
          {
            key: 'name',
            title: t('energy.kinds.site'),
            value: ({ name }) => name,
            render: ({ id, name, carrier }) => (
              <Link to={consumptionAddress(id, choice.carrier, carrier?.thisMonth)}>{name}</Link>
            ),
          },
          amount('thisMonth', t('energy.overview.thisMonth')),
          change('lastMonth', t('energy.overview.change.lastMonth')),
          change('lastYear', t('energy.overview.change.lastYear')),
          amount('yesterday', t('energy.overview.yesterday')),
          change('yesterday', t('energy.overview.change.yesterday')),
          amount('lastMonth', t('energy.overview.lastMonth')),
          amount('sameMonthLastYear', t('energy.overview.sameMonthLastYear')),
          {
            ...{ key: 'coverage', title: t('energy.figures.coverage'), align: 'right', searched: false },
            value: ({ carrier }) => carrier?.thisMonth.coverage,
            render: ({ carrier }) => format.percent(carrier?.thisMonth.coverage),
          },
          {
            ...{ key: 'cost', title: t('energy.overview.cost'), align: 'right', searched: false },
            value: ({ cost }) => (cost?.cost ? Number(cost.cost.total) : null),
            render: ({ id, cost }) => <CostCell siteId={id} cost={cost} />,
          },
          {
            ...{ key: 'currency', title: t('energy.cost.currency'), exportOnly: true },
            value: ({ cost }) => cost?.cost?.currency,
          },
        ]}
      />
    </Panel>
  );
}

const scaled = (value: number | null | undefined, factor: number) => (value == null ? null : value * factor);

function CostCell({ siteId, cost }: { siteId: string; cost: SiteCost | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  if (!cost) return <span className="faint">–</span>;
  if (!cost.cost) {
    const { message } = errorText(cost.problem && new ApiError({ ...cost.problem, status: 422 }));
    return (
      <span title={message}>
        <StateMark tone="warn">{t('energy.overview.costUnknown')}</StateMark>
      </span>
    );
  }
  const example = cost.cost.tariffs.some((tariff) => tariff.example);
  return (
    <Link to={costAddress(siteId, cost.period)} title={example ? t('energy.cost.example') : undefined}>
      {format.fixed(Number(cost.cost.total), 2)} {cost.cost.currency}
    </Link>
  );
}
