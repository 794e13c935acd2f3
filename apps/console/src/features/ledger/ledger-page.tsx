import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useOpenEvidence } from '../../components/evidence/use-open-evidence.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { ChainPanel } from './chain-panel.tsx';
import { LedgerFilters } from './ledger-filters.tsx';
import { type LedgerFilter, useEntries } from './use-ledger.ts';
import { useLedgerColumns } from './use-ledger-columns.tsx';

export function LedgerPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<LedgerFilter>({});
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useEntries(filter);
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
        onSearch={(search) => setFilter((current) => (current.search === search ? current : { ...current, search }))}
        filters={<LedgerFilters filter={filter} onChange={setFilter} entries={data ?? []} />}
        empty={<EmptyState title={t('ledger.empty')} text={t('ledger.emptyNext')} />}
        pageSize={100}
        footer={
          hasNextPage && (
            <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('ledger.more')}
            </Button>
          )
        }
      />
    </>
  );
}
