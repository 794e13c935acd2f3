import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../api/client.ts';
import type { BrokerClient } from '../../../api/types.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { OneTimeSecret } from '../../../components/one-time-secret.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import { ClientForm } from './client-form.tsx';

const key = ['cloud', 'broker-clients'] as const;

/** Who may speak to the built-in MQTT broker, and on which topics. */
export function ClientsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { failed } = useNotify();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async () => (await answer(api.GET('/api/cloud/broker-clients'))).items,
  });
  const revoke = useMutation({
    mutationFn: (username: string) =>
      answer(api.DELETE('/api/cloud/broker-clients/{username}', { params: { path: { username } } })),
    onError: failed,
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  const [creating, setCreating] = useState(false);
  const [password, setPassword] = useState<string>();
  const topics = (list: readonly string[]) => <span className="mono wrap">{list.join(', ') || '–'}</span>;
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('cloud.clients.new')}
    </Button>
  );
  return (
    <>
      <PageHeader page="clients">{create}</PageHeader>
      <DataTable<BrokerClient>
        name="mqtt-clients"
        rows={data}
        rowKey={({ username }) => username}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState title={t('cloud.clients.empty')} text={t('cloud.clients.emptyNext')}>
            {create}
          </EmptyState>
        }
        columns={[
          {
            key: 'username',
            title: t('cloud.clients.username'),
            value: ({ username }) => username,
            render: ({ username }) => <strong>{username}</strong>,
          },
          {
            key: 'publish',
            title: t('cloud.clients.publish'),
            value: ({ publish }) => publish.join(' '),
            render: ({ publish }) => topics(publish),
          },
          {
            key: 'subscribe',
            title: t('cloud.clients.subscribe'),
            value: ({ subscribe }) => subscribe.join(' '),
            render: ({ subscribe }) => topics(subscribe),
          },
          {
            key: 'state',
            title: t('access.state'),
            value: ({ revokedAt }) => t(`access.tokenState.${revokedAt ? 'revoked' : 'active'}`),
            render: ({ revokedAt }) => (
              <StateMark tone={revokedAt ? 'idle' : 'good'}>
                {t(`access.tokenState.${revokedAt ? 'revoked' : 'active'}`)}
              </StateMark>
            ),
          },
          {
            key: 'created',
            title: t('access.created'),
            value: ({ createdAt }) => createdAt,
            render: ({ createdAt }) => format.minute(createdAt),
          },
          {
            key: 'revoke',
            title: '',
            value: () => null,
            render: ({ username, revokedAt }) =>
              !revokedAt && (
                <Popconfirm
                  title={t('access.tokens.revokeAsk', { name: username })}
                  description={t('access.tokens.revokeHint')}
                  okText={t('access.tokens.revoke')}
                  onConfirm={() => revoke.mutate(username)}
                >
                  <Button size="small" danger>
                    {t('access.tokens.revoke')}
                  </Button>
                </Popconfirm>
              ),
          },
        ]}
      />
      {creating && <ClientForm onClose={() => setCreating(false)} onPassword={setPassword} />}
      <OneTimeSecret
        title={t('cloud.clients.passwordTitle')}
        secret={password}
        hint={t('cloud.clients.passwordHint')}
        onClose={() => setPassword(undefined)}
      />
    </>
  );
}
