import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../api/types.ts';
import { FilterSelect } from '../../components/data-table/filter-select.tsx';
import { useEntryType } from '../../components/evidence/use-entry-type.ts';
import type { LedgerFilter } from './use-ledger.ts';
import { useSeen } from './use-seen.ts';

interface LedgerFiltersProps {
  readonly filter: Omit<LedgerFilter, 'search'>;
  onChange(filter: Omit<LedgerFilter, 'search'>): void;
  /** What is on the page: types and actors are offered from what has been seen. */
  readonly entries: readonly LedgerEntry[];
}

export function LedgerFilters({ filter, onChange, entries }: LedgerFiltersProps) {
  const { t } = useTranslation();
  const entryType = useEntryType();
  const { types, actors } = useSeen(entries);
  return (
    <>
      <Segmented<'all' | 'finding' | 'action'>
        aria-label={t('ledger.columns.kind')}
        value={filter.kind ?? 'all'}
        onChange={(kind) => onChange({ ...filter, kind: kind === 'all' ? undefined : kind })}
        options={(['all', 'finding', 'action'] as const).map((value) => ({ value, label: t(`ledger.kind.${value}`) }))}
      />
      <FilterSelect
        label={t('ledger.columns.type')}
        value={filter.type}
        onChange={(type) => onChange({ ...filter, type })}
        options={types.map((value) => ({ value, label: entryType(value) }))}
        width={190}
      />
      <FilterSelect
        label={t('ledger.columns.actor')}
        value={filter.actorId}
        onChange={(actorId) => onChange({ ...filter, actorId })}
        options={actors}
      />
    </>
  );
}
