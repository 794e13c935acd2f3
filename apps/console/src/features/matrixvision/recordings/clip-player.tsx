import { LockOutlined, UnlockOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import styles from './recordings.module.css';
import type { Stretch } from './timeline.ts';
import { clipUrl, type Lock, useLock, useUnlock } from './use-recordings.ts';

interface ClipPlayerProps {
  readonly cameraId: string;
  readonly clip: Stretch;
  readonly locks: readonly Lock[];
  /** The clip is over: the next one follows. */
  onNext(): void;
}

export function ClipPlayer({ cameraId, clip, locks, onNext }: ClipPlayerProps) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const { may } = useSession();
  const { done } = useNotify();
  const lock = useLock(cameraId);
  const unlock = useUnlock(cameraId);
  const held = locks.find(({ from, to }) => Date.parse(from) <= clip.from && Date.parse(to) >= clip.to);
  const url = clipUrl(cameraId, clip.from, clip.to);
  return (
    <>
      {failed ? (
        <p className="soft">{t('video.events.clipFailed')}</p>
      ) : (
        <video
          className={styles.player}
          src={url}
          controls
          autoPlay
          muted
          playsInline
          aria-label={t('video.recordings.player')}
          onEnded={onNext}
          onError={() => setFailed(true)}
        />
      )}
      <div className={styles.tools}>
        <a href={url} download={`recording-${new Date(clip.from).toISOString().replaceAll(':', '-')}.mp4`}>
          {t('video.events.download')}
        </a>
        <Button size="small" onClick={onNext}>
          {t('video.recordings.next')}
        </Button>
        {may('matrixvision.camera.write') &&
          (held ? (
            <Button
              size="small"
              icon={<UnlockOutlined />}
              loading={unlock.isPending}
              onClick={() => unlock.mutate(held.id)}
            >
              {t('video.recordings.unlock')}
            </Button>
          ) : (
            <Button
              size="small"
              icon={<LockOutlined />}
              loading={lock.isPending}
              onClick={() => lock.mutate(clip, { onSuccess: () => done(t('video.recordings.locked')) })}
            >
              {t('video.recordings.lock')}
            </Button>
          ))}
      </div>
    </>
  );
}
