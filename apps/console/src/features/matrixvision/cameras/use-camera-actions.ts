import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useUndo } from '../../../components/use-undo.tsx';
import { useChangeCamera, useRemoveCamera, useRestoreCamera } from '../shared/use-cameras.ts';
import type { Camera } from '../types.ts';

/** What may be done with a camera from wherever it is shown. */
export function useCameraActions() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const change = useChangeCamera();
  const remove = useRemoveCamera();
  const restore = useRestoreCamera();
  const offerUndo = useUndo();
  return {
    toggle: ({ id, enabled }: Camera) => change.mutate({ id, enabled: !enabled }),
    remove: ({ id, name }: Camera, onGone?: () => void) =>
      modal.confirm({
        title: t('video.cameras.removeAsk', { name }),
        content: t('video.cameras.removeHint'),
        okText: t('actions.delete'),
        okButtonProps: { danger: true },
        onOk: () =>
          remove.mutateAsync(id).then(
            () => {
              onGone?.();
              offerUndo(id, t('video.cameras.removed', { name }), () => restore.mutateAsync(id));
            },
            // What went wrong is said by the change itself.
            () => undefined,
          ),
      }),
  };
}
