import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useOpenEvidence } from '../../components/evidence/use-open-evidence.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { ChainPanel } from './chain-panel.tsx';
import { LedgerFilters } from './ledger-filters.tsx';
import { useEntries } from './use-ledger.ts';
import { useLedgerColumns } from './use-ledger-columns.tsx';
import { useLedgerFilter } from './use-ledger-filter.ts';

export function LedgerPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useLedgerFilter();
  const [search, setSearch] = useState('');
  const { data, error, refetch, more } = useEntries({ ...filter, search });
  const columns = useLedgerColumns();
  const evidence = useOpenEvidence();
  return (
    <>
      <PageHeader page="ledger" />
      <ChainPanel />
      <DataTable
        name="ledger"
        rows={data}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => evidence.open(id)}
        isChosen={({ id }) => id === evidence.id}
        onSearch={setSearch}
        filters={<LedgerFilters filter={filter} onChange={setFilter} entries={data ?? []} />}
        empty={<EmptyState title={t('ledger.empty')} text={t('ledger.emptyNext')} />}
        pageSize={100}
        more={more}
      />
    </>
  );
}
