import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { Panel } from '../../../components/panel.tsx';
import type { Measure } from '../types.ts';

interface MeasureListProps {
  readonly measures: readonly Measure[] | undefined;
  readonly error: unknown;
  readonly chosen: string | undefined;
  onOpen(measure: Measure): void;
}

export function MeasureList({ measures, error, chosen, onOpen }: MeasureListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('energy.savings.measures')} flush>
      <DataTable<Measure>
        name="energy-measures"
        rows={measures}
        rowKey={({ id }) => id}
        error={error}
        onOpen={onOpen}
        isChosen={({ id }) => id === chosen}
        empty={<EmptyState title={t('energy.savings.none')} text={t('energy.savings.noneNext')} />}
        columns={[
          { key: 'name', title: t('energy.savings.name'), value: ({ name }) => name },
          { key: 'site', title: t('shell.site'), value: ({ site }) => site.name },
          { key: 'meter', title: t('energy.savings.meter'), value: ({ point }) => point.name },
          {
            ...{ key: 'status', title: t('energy.savings.status'), value: ({ status }) => status },
            render: ({ status }) => <Tag>{t(`energy.savings.statuses.${status}`)}</Tag>,
          },
          {
            ...{ key: 'work', title: t('energy.savings.workTo'), value: ({ workTo }) => workTo },
            render: ({ workTo, site }) => format.date(workTo, site.timezone),
          },
          {
            ...{ key: 'expected', title: t('energy.savings.expected'), align: 'right', searched: false },
            value: ({ expected }) => expected,
            render: ({ expected, point }) => (expected === null ? '–' : format.quantity(expected, point.unit, 0)),
          },
          {
            ...{ key: 'savings', title: t('energy.savings.saved'), align: 'right', searched: false },
            value: ({ result }) => result?.savings ?? null,
            render: ({ result, evidence }) =>
              result && evidence ? (
                <EvidenceLink id={evidence}>
                  {format.quantity(result.savings, result.unit, 0)} ± {format.number(result.uncertainty, 0)}
                </EvidenceLink>
              ) : (
                '–'
              ),
          },
          {
            ...{ key: 'share', title: t('energy.savings.share'), align: 'right', searched: false },
            value: ({ result }) => result?.savingsShare ?? null,
            render: ({ result }) => format.percent(result?.savingsShare),
          },
        ]}
      />
    </Panel>
  );
}
