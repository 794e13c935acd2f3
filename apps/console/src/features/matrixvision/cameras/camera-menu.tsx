import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import type { Camera } from '../types.ts';
import { useCameraActions } from './use-camera-actions.ts';

interface CameraMenuProps {
  readonly camera: Camera;
  onEdit(): void;
  onGone?(): void;
}

/** Edit, pause and remove; nothing for who may not. */
export function CameraMenu({ camera, onEdit, onGone }: CameraMenuProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { toggle, remove } = useCameraActions();
  if (!may('matrixvision.camera.write')) return null;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'edit', label: t('actions.edit'), onClick: onEdit },
          {
            key: 'pause',
            label: t(camera.enabled ? 'video.cameras.pause' : 'video.cameras.resume'),
            onClick: () => toggle(camera),
          },
          { type: 'divider' },
          { key: 'remove', label: t('actions.delete'), danger: true, onClick: () => remove(camera, onGone) },
        ],
      }}
    >
      <Button
        type="text"
        size="small"
        icon={<MoreOutlined />}
        aria-label={t('video.cameras.actions', { name: camera.name })}
      />
    </Dropdown>
  );
}
