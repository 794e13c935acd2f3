import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { Clipped } from '../../../components/clipped.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { OneTimeSecret } from '../../../components/one-time-secret.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import type { Channel } from '../types.ts';
import { useSiteChannels } from '../use-alerts.ts';
import { ChannelForm } from './channel-form.tsx';
import { ChannelMenu } from './channel-menu.tsx';
import { ChannelMessages } from './channel-messages.tsx';
import { ChannelState, channelState, channelStates } from './channel-state.tsx';
import { channelTarget } from './channel-target.ts';
import styles from './channels.module.css';
import { useChannelActions } from './use-channel-actions.ts';

/** Where alerts go: who is told, of what, and when not. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { data, error, refetch } = useSiteChannels();
  const [state, setState] = useParameter('state');
  const [creating, setCreating] = useState(false);
  const [edited, setEdited] = useState<Channel>();
  const [secret, setSecret] = useState<string>();
  const actions = useChannelActions(setSecret);
  const manages = may('cloud.alert.manage');
  const create = manages && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('alerts.channels.new')}
    </Button>
  );
  const counted = (key: 'waiting' | 'undelivered' | 'delivered'): Column<Channel> => ({
    ...{ key, title: t(`alerts.deliveryState.${key}`), exportOnly: true, searched: false },
    value: (channel) => channel[key],
  });
  const columns: Column<Channel>[] = [
    {
      key: 'name',
      title: t('alerts.channels.name'),
      value: ({ name }) => name,
      render: ({ name, siteName }) => (
        <>
          <strong>{name}</strong>
          <div className="soft">{siteName ?? t('shell.allSites')}</div>
        </>
      ),
    },
    { key: 'site', title: t('shell.site'), value: ({ siteName }) => siteName, exportOnly: true },
    { key: 'kind', title: t('alerts.channels.kind'), value: ({ kind }) => t(`alerts.kind.${kind}`) },
    {
      key: 'target',
      title: t('alerts.channels.target'),
      value: channelTarget,
      render: (channel) => (
        <span className="mono">
          <Clipped text={channelTarget(channel)} width={220} />
        </span>
      ),
    },
    {
      key: 'state',
      title: t('alerts.state'),
      value: (channel) => t(`alerts.channelState.${channelState(channel)}`),
      render: (channel) => <ChannelState channel={channel} />,
    },
    {
      key: 'messages',
      title: t('alerts.channels.messages'),
      value: ({ gathering, held }) => gathering + held,
      render: (channel) => <ChannelMessages channel={channel} />,
      searched: false,
    },
    counted('waiting'),
    counted('undelivered'),
    counted('delivered'),
    {
      key: 'actions',
      title: '',
      value: () => null,
      render: (channel) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the click from opening the row.
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys on the buttons do not reach the row.
        <span className={styles.figures} onClick={(event) => event.stopPropagation()}>
          <ChannelMenu channel={channel} actions={actions} onEdit={() => setEdited(channel)} />
        </span>
      ),
    },
  ];
  return (
    <>
      <PageHeader page="alert-channels">{create}</PageHeader>
      <DataTable<Channel>
        name="alert-channels"
        rows={data?.filter((channel) => (state ? channelState(channel) === state : !channel.removed))}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        {...(manages && { onOpen: (channel: Channel) => !channel.removed && setEdited(channel) })}
        filters={
          <FilterSelect
            label={t('alerts.state')}
            value={state}
            onChange={setState}
            options={channelStates.map((value) => ({ value, label: t(`alerts.channelState.${value}`) }))}
          />
        }
        empty={
          <EmptyState title={t('alerts.channels.empty')} text={t('alerts.channels.emptyNext')}>
            {create}
          </EmptyState>
        }
      />
      {creating && <ChannelForm onClose={() => setCreating(false)} onSecret={setSecret} />}
      {edited && (
        <ChannelForm key={edited.id} channel={edited} onClose={() => setEdited(undefined)} onSecret={setSecret} />
      )}
      <OneTimeSecret
        title={t('alerts.channels.secretTitle')}
        secret={secret}
        hint={t('alerts.channels.secretHint')}
        onClose={() => setSecret(undefined)}
      />
    </>
  );
}
