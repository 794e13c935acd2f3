import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Station } from '../types.ts';

/** Above the verdicts, while the camera of a station gives no picture. */
export function CameraNotice({ station, className }: { station: Station; className: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!station.camera || !station.cameraState || station.cameraState.state === 'streaming') return null;
  const { state, since, code } = station.cameraState;
  return (
    <Alert
      type={state === 'lost' ? 'error' : 'info'}
      showIcon
      className={className}
      title={
        state === 'lost' ? t('parts.camera.lost', { since: format.dateTime(since) }) : t('parts.camera.connecting')
      }
      action={code && <code className="mono">{code}</code>}
    />
  );
}
