import { MoreOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import type { User } from '../../api/types.ts';
import { useChangeUser, useResetPassword } from './use-access.ts';
import { userState } from './user-state.tsx';

interface UserActionsProps {
  readonly user: User;
  onPassword(password: string): void;
}

export function UserActions({ user, onPassword }: UserActionsProps) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const change = useChangeUser();
  const reset = useResetPassword();
  const act: Record<string, () => void> = {
    unlock: () => change.mutate({ id: user.id, unlock: true }),
    enable: () => change.mutate({ id: user.id, disabled: false }),
    disable: () =>
      void modal.confirm({
        title: t('access.users.disableAsk', { name: user.name }),
        content: t('access.users.disableHint'),
        okText: t('access.users.disable'),
        okButtonProps: { danger: true },
        onOk: () => change.mutateAsync({ id: user.id, disabled: true }).catch(() => undefined),
      }),
    reset: () =>
      void modal.confirm({
        title: t('access.users.resetAsk', { name: user.name }),
        content: t('access.users.resetHint'),
        okText: t('access.users.reset'),
        onOk: () =>
          reset.mutateAsync(user.id).then(
            ({ password }) => onPassword(password),
            () => undefined,
          ),
      }),
  };
  const items = [
    ...(userState(user) === 'locked' ? ['unlock'] : []),
    'reset',
    user.disabled ? 'enable' : 'disable',
  ].map((key) => ({ key, label: t(`access.users.${key}`), danger: key === 'disable' }));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        onClick: ({ key, domEvent }) => {
          domEvent.stopPropagation();
          act[key]?.();
        },
      }}
    >
      <Button
        type="text"
        size="small"
        icon={<MoreOutlined />}
        aria-label={t('access.users.actions', { name: user.name })}
        onClick={(event) => event.stopPropagation()}
      />
    </Dropdown>
  );
}
