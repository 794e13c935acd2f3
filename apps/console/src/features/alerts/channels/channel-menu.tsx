import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import type { Channel } from '../types.ts';
import type { useChannelActions } from './use-channel-actions.ts';

interface ChannelMenuProps {
  readonly channel: Channel;
  readonly actions: ReturnType<typeof useChannelActions>;
  onEdit(): void;
}

/** Test beside the rest of what may be done; nothing for who may not. */
export function ChannelMenu({ channel, actions, onEdit }: ChannelMenuProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  if (!may('cloud.alert.manage')) return null;
  if (channel.removed)
    return (
      <Button size="small" onClick={() => actions.restore(channel)}>
        {t('alerts.channels.restore')}
      </Button>
    );
  const label = t('alerts.channels.actions', { name: channel.name });
  return (
    <>
      <Button size="small" loading={actions.testing === channel.id} onClick={() => actions.test(channel)}>
        {t('alerts.channels.test')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'edit', label: t('actions.edit'), onClick: onEdit },
            {
              key: 'pause',
              label: t(channel.paused ? 'alerts.channels.resume' : 'alerts.channels.pause'),
              onClick: () => actions.toggle(channel),
            },
            ...(channel.secret
              ? [{ key: 'secret', label: t('alerts.channels.renew'), onClick: () => actions.renewSecret(channel) }]
              : []),
            { type: 'divider' as const },
            { key: 'remove', label: t('actions.delete'), danger: true, onClick: () => actions.remove(channel) },
          ],
        }}
      >
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={label} />
      </Dropdown>
    </>
  );
}
