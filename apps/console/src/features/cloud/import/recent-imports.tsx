import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../api/client.ts';
import type { ImportEntry } from '../../../api/types.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import styles from './import-page.module.css';
import type { ImportResult } from './import-result.ts';
import { ResultView } from './result-view.tsx';

const resultOf = (entry: ImportEntry) => (entry.result ?? undefined) as ImportResult | undefined;

/** What was imported before; a row opens its result. */
export function RecentImports() {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState<ImportEntry>();
  const { data, error, refetch } = useQuery({
    queryKey: ['cloud', 'imports'],
    queryFn: async () => (await answer(api.GET('/api/cloud/imports'))).items,
  });
  const count = (key: 'rows' | 'accepted' | 'rejected') => ({
    key,
    title: t(`cloud.import.result.${key}`),
    value: (entry: ImportEntry) => resultOf(entry)?.[key],
    render: (entry: ImportEntry) => format.number(resultOf(entry)?.[key], 0),
    align: 'right' as const,
  });
  const result = open && resultOf(open);
  return (
    <section className={styles.recent}>
      <h2>{t('cloud.import.recent')}</h2>
      <DataTable<ImportEntry>
        name="imports"
        rows={data}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={setOpen}
        empty={<EmptyState title={t('cloud.import.empty')} text={t('cloud.import.emptyNext')} />}
        columns={[
          {
            key: 'file',
            title: t('cloud.import.file'),
            value: ({ fileName }) => fileName,
            render: ({ fileName }) => <strong>{fileName}</strong>,
          },
          {
            key: 'size',
            title: t('cloud.import.size'),
            value: ({ fileSize }) => fileSize,
            render: ({ fileSize }) => format.bytes(fileSize),
            align: 'right',
          },
          count('rows'),
          count('accepted'),
          count('rejected'),
          { key: 'by', title: t('ledger.columns.actor'), value: ({ by }) => by },
          {
            key: 'at',
            title: t('ledger.columns.at'),
            value: ({ at }) => at,
            render: ({ at }) => <span className="nowrap">{format.minute(at)}</span>,
          },
          {
            key: 'evidence',
            title: t('jobs.columns.evidence'),
            value: ({ evidence }) => evidence,
            render: ({ evidence }) => (evidence ? <EvidenceLink id={evidence} /> : '–'),
          },
        ]}
      />
      <Drawer open={result !== undefined} size={860} title={open?.fileName} onClose={() => setOpen(undefined)}>
        {result && <ResultView result={result} />}
      </Drawer>
    </section>
  );
}
