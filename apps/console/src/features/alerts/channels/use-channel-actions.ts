import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/api-error.ts';
import { useNotify } from '../../../components/use-notify.ts';
import { useUndo } from '../../../components/use-undo.tsx';
import type { Channel } from '../types.ts';
import {
  useChangeChannel,
  useRemoveChannel,
  useRenewSecret,
  useRestoreChannel,
  useTestChannel,
} from '../use-alerts.ts';

/** What may be done with a channel. */
export function useChannelActions(onSecret: (secret: string) => void) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const { done, failed } = useNotify();
  const change = useChangeChannel();
  const remove = useRemoveChannel();
  const restore = useRestoreChannel();
  const renew = useRenewSecret();
  const test = useTestChannel();
  const offerUndo = useUndo();
  return {
    testing: test.isPending ? test.variables : undefined,
    test: ({ id, name }: Channel) =>
      test.mutate(id, {
        onSuccess: ({ state, error }) => {
          if (state === 'delivered') return done(t('alerts.channels.tested', { name }));
          if (error) failed(new ApiError(error));
        },
      }),
    toggle: ({ id, paused }: Channel) => change.mutate({ id, paused: !paused }),
    restore: ({ id }: Channel) => restore.mutate(id),
    renewSecret: ({ id, name }: Channel) =>
      modal.confirm({
        title: t('alerts.channels.renewAsk', { name }),
        content: t('alerts.channels.renewHint'),
        okText: t('alerts.channels.renew'),
        onOk: () =>
          renew.mutateAsync(id).then(
            ({ secret }) => onSecret(secret),
            // What went wrong is said by the change itself.
            () => undefined,
          ),
      }),
    remove: ({ id, name }: Channel) =>
      modal.confirm({
        title: t('alerts.channels.removeAsk', { name }),
        content: t('alerts.channels.removeHint'),
        okText: t('actions.delete'),
        okButtonProps: { danger: true },
        onOk: () =>
          remove.mutateAsync(id).then(
            () => offerUndo(id, t('alerts.channels.removed', { name }), () => restore.mutateAsync(id)),
            // What went wrong is said by the change itself.
            () => undefined,
          ),
      }),
  };
}
