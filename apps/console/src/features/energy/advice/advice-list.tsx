import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { Panel } from '../../../components/panel.tsx';
import type { Advice } from '../types.ts';

interface AdviceListProps {
  readonly list: readonly Advice[] | undefined;
  readonly error: unknown;
  readonly chosen: string | undefined;
  onOpen(advice: Advice): void;
}

/** What is worth most comes first. */
export function AdviceList({ list, error, chosen, onOpen }: AdviceListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = list?.toSorted((one, other) => (other.found?.cost.value ?? 0) - (one.found?.cost.value ?? 0));
  return (
    <Panel title={t('energy.advice.list')} flush>
      <DataTable<Advice>
        name="energy-advice"
        rows={rows}
        rowKey={({ id }) => id}
        error={error}
        onOpen={onOpen}
        isChosen={({ id }) => id === chosen}
        empty={<EmptyState title={t('energy.advice.none')} text={t('energy.advice.noneNext')} />}
        columns={[
          {
            ...{ key: 'kind', title: t('energy.advice.kind') },
            value: ({ kind }) => t(`energy.advice.kinds.${kind}`),
          },
          { key: 'site', title: t('shell.site'), value: ({ site }) => site.name },
          { key: 'meter', title: t('energy.savings.meter'), value: ({ point }) => point.name },
          {
            ...{ key: 'cost', title: t('energy.advice.costYear'), align: 'right', searched: false },
            value: ({ found }) => found?.cost.value ?? null,
            render: ({ found, evidence, currency }) => (
              <EvidenceLink id={evidence}>
                {found
                  ? `${format.number(found.cost.value, 0)} ${currency ?? ''} (${format.number(found.cost.low, 0)} – ${format.number(found.cost.high, 0)})`
                  : t('energy.advice.nothing')}
              </EvidenceLink>
            ),
          },
          {
            ...{ key: 'energy', title: t('energy.advice.energyYear'), align: 'right', searched: false },
            value: ({ found }) => found?.energy.value ?? null,
            render: ({ found }) => format.quantity(found?.energy.value, 'kW.h', 0),
          },
          {
            ...{ key: 'co2', title: t('energy.advice.co2Year'), align: 'right', searched: false },
            value: ({ found }) => found?.tCO2e?.value ?? null,
            render: ({ found }) => (found?.tCO2e ? format.number(found.tCO2e.value, 1) : '–'),
          },
          {
            ...{ key: 'status', title: t('energy.savings.status'), value: ({ status }) => status },
            render: ({ status }) => <Tag>{t(`energy.advice.statuses.${status}`)}</Tag>,
          },
        ]}
      />
    </Panel>
  );
}
