import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../api/types.ts';
import { useReason } from '../../../app/i18n/use-note.ts';
import { useSession } from '../../../app/session.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useSiteSources } from '../use-cloud.ts';
import { SourceDrawer } from './source-drawer.tsx';
import { SourceForm } from './source-form.tsx';
import { SourceState } from './source-state.tsx';
import { useKindName } from './use-kind-name.ts';

const states = ['online', 'connecting', 'degraded', 'offline', 'files', 'disabled'] as const;

export function SourcesPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const kindName = useKindName();
  const why = useReason();
  const { data, error, refetch } = useSiteSources();
  const [state, setState] = useParameter('state');
  const [kind, setKind] = useParameter('kind');
  const [openId, choose] = useParameter('source');
  const [creating, setCreating] = useState(false);
  const open = data?.find(({ id }) => id === openId);
  const kinds = [...new Set(data?.map((source) => source.kind))].sort();
  const columns: Column<Source>[] = [
    {
      key: 'name',
      title: t('cloud.sources.name'),
      value: ({ name }) => name,
      render: ({ name }) => <strong>{name}</strong>,
    },
    { key: 'site', title: t('shell.site'), value: ({ siteName }) => siteName },
    { key: 'kind', title: t('cloud.sources.kind'), value: ({ kind }) => kindName(kind) },
    {
      key: 'state',
      title: t('cloud.sources.stateTitle'),
      value: (source) => t(`cloud.sources.state.${source.state.state}`),
      render: (source) => <SourceState source={source} />,
    },
    {
      key: 'message',
      title: t('cloud.sources.message'),
      value: ({ state: { message, note } }) => why(message, note),
      render: ({ state: { message, note } }) => <span className="soft wrap">{why(message, note)}</span>,
      width: 380,
    },
  ];
  const create = may('cloud.source.write') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('cloud.sources.new')}
    </Button>
  );
  return (
    <>
      <PageHeader page="sources">{create}</PageHeader>
      <DataTable<Source>
        name="sources"
        rows={data?.filter((source) => (!state || source.state.state === state) && (!kind || source.kind === kind))}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => choose(id)}
        isChosen={({ id }) => id === open?.id}
        filters={
          <>
            <FilterSelect
              label={t('cloud.sources.kind')}
              value={kind}
              onChange={setKind}
              options={kinds.map((value) => ({ value, label: kindName(value) }))}
            />
            <FilterSelect
              label={t('cloud.sources.stateTitle')}
              value={state}
              onChange={setState}
              options={states.map((value) => ({ value, label: t(`cloud.sources.state.${value}`) }))}
            />
          </>
        }
        empty={
          <EmptyState title={t('cloud.sources.empty')} text={t('cloud.sources.emptyNext')}>
            {create}
          </EmptyState>
        }
      />
      {open && <SourceDrawer key={open.id} source={open} onClose={() => choose(undefined)} />}
      {creating && <SourceForm onClose={() => setCreating(false)} onDone={choose} />}
    </>
  );
}
