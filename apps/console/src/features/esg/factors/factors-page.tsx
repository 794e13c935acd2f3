import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { FileButton } from '../shared/file-button.tsx';
import { useFactors } from '../shared/use-factors.ts';
import type { Factor, FactorQuery } from '../types.ts';
import { FactorDrawer } from './factor-drawer.tsx';
import { FactorFilters } from './factor-filters.tsx';
import { FactorImport } from './factor-import.tsx';
import { FamiliesNotice } from './families-notice.tsx';
import { NewFactor } from './new-factor.tsx';
import { useFactorColumns } from './use-factor-columns.tsx';

const parameter = 'factor';

export function FactorsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [parameters, setParameters] = useSearchParams();
  const [filter, setFilter] = useState<FactorQuery>({});
  const [file, setFile] = useState<File>();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useFactors(filter);
  const all = useFactors();
  const columns = useFactorColumns();
  const open = (id: string | undefined) =>
    setParameters((current) => {
      if (id) current.set(parameter, id);
      else current.delete(parameter);
      return current;
    });
  const opened = parameters.get(parameter);
  return (
    <>
      <PageHeader page="factors">
        <Button icon={<DownloadOutlined />} href="/api/esg/factors-template.xlsx" download>
          {t('esg.factor.template')}
        </Button>
        <Button icon={<DownloadOutlined />} href="/api/esg/factors.csv" download>
          {t('esg.factor.exportAll')}
        </Button>
        {may('esg.factor.write') && (
          <>
            <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t('esg.newFactor.title')}
            </Button>
            <FileButton type="primary" accept=".xlsx,.csv" onFile={setFile}>
              {t('esg.factor.import')}
            </FileButton>
          </>
        )}
      </PageHeader>
      <FamiliesNotice factors={all.data ?? []} />
      <DataTable<Factor>
        name="emission-factors"
        rows={data}
        columns={columns}
        rowKey={({ key }) => key}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => open(id)}
        isChosen={({ id }) => id === opened}
        filters={<FactorFilters filter={filter} onChange={setFilter} />}
        empty={<EmptyState title={t('esg.factor.empty')} text={t('esg.factor.emptyNext')} />}
        pageSize={100}
      />
      {opened && <FactorDrawer key={opened} id={opened} onClose={() => open(undefined)} />}
      {adding && <NewFactor onClose={() => setAdding(false)} />}
      {file && <FactorImport file={file} onClose={() => setFile(undefined)} />}
    </>
  );
}
