import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { OneTimeSecret } from '../../components/one-time-secret.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useParameter } from '../../components/use-parameter.ts';
import { TokenForm } from './token-form.tsx';
import { tokenState, tokenStates } from './token-state.tsx';
import { useTokens } from './use-access.ts';
import { useTokenColumns } from './use-token-columns.tsx';

export function TokensPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useTokens();
  const [state, setState] = useParameter('state');
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string>();
  const columns = useTokenColumns();
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('access.tokens.new')}
    </Button>
  );
  return (
    <>
      <PageHeader page="tokens">{create}</PageHeader>
      <DataTable
        name="api-tokens"
        rows={data?.filter((token) => !state || tokenState(token) === state)}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        filters={
          <FilterSelect
            label={t('access.state')}
            value={state}
            onChange={setState}
            options={tokenStates.map((value) => ({ value, label: t(`access.tokenState.${value}`) }))}
          />
        }
        empty={
          <EmptyState title={t('access.tokens.empty')} text={t('access.tokens.emptyNext')}>
            {create}
          </EmptyState>
        }
      />
      {creating && <TokenForm onClose={() => setCreating(false)} onSecret={setSecret} />}
      <OneTimeSecret
        title={t('access.tokens.secretTitle')}
        secret={secret}
        hint={t('access.tokens.secretHint')}
        onClose={() => setSecret(undefined)}
      />
    </>
  );
}
