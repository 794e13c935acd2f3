import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { AmountText } from '../shared/amount-text.tsx';
import { Change } from '../shared/change.tsx';
import { lastDay, referencePeriods } from '../shared/period.ts';
import { PlainTable } from '../shared/plain-table.tsx';
import type { Profile } from '../types.ts';
import { type ComparedRow, comparedRows } from './comparison.ts';
import { type Question, useProfile } from './use-report.ts';

/** This period, the one before it, and the same a year earlier. */
export function ComparisonTable({ question, profile }: { question: Question; profile: Profile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const period = { from: question.period.from, to: question.period.to };
  const references = referencePeriods(period);
  const before = useProfile({ ...question, period: references.before, interval: profile.interval });
  const lastYear = useProfile({ ...question, period: references.lastYear, interval: profile.interval });
  const rows = comparedRows([
    { key: 'now', period, profile },
    { key: 'before', period: references.before, profile: before.data },
    { key: 'lastYear', period: references.lastYear, profile: lastYear.data },
  ]);
  const number = (
    key: 'consumption' | 'perDay' | 'peak' | 'baseLoad',
    title: string,
    unit: string,
  ): Column<ComparedRow> => ({
    ...{ key, title, align: 'right' },
    value: (row) => row[key],
    render: (row) => <AmountText value={row[key]} unit={unit} />,
  });
  const share = (key: 'loadFactor' | 'coverage', title: string): Column<ComparedRow> => ({
    ...{ key, title, align: 'right' },
    value: (row) => row[key],
    render: (row) => format.percent(row[key]),
  });
  const failed = before.error ?? lastYear.error;
  return (
    <Panel title={t('energy.report.comparison')} flush>
      {failed && (
        <ErrorNotice error={failed} onRetry={() => void Promise.all([before.refetch(), lastYear.refetch()])} />
      )}
      <PlainTable<ComparedRow>
        rows={before.isPending || lastYear.isPending ? undefined : rows}
        rowKey={({ key }) => key}
        columns={[
          { key: 'which', title: t('energy.report.period'), value: ({ key }) => t(`energy.compared.${key}`) },
          {
            key: 'days',
            title: t('energy.report.days'),
            value: (row) => `${row.period.from} – ${lastDay(row.period)}`,
            render: (row) => (
              <span className="nowrap">
                {format.date(row.period.from, 'UTC')} – {format.date(lastDay(row.period), 'UTC')}
              </span>
            ),
          },
          number('consumption', t('energy.figures.consumption'), profile.consumption.unit),
          number('perDay', t('energy.report.perDay'), profile.consumption.unit),
          {
            ...{ key: 'change', title: t('energy.report.change'), align: 'right' },
            value: ({ change }) => change,
            render: ({ change }) => <Change change={change} />,
          },
          number('peak', t('energy.figures.peak'), profile.unit),
          share('loadFactor', t('energy.figures.loadFactor')),
          number('baseLoad', t('energy.figures.baseLoad'), profile.unit),
          share('coverage', t('energy.figures.coverage')),
        ]}
      />
    </Panel>
  );
}
