import { useTranslation } from 'react-i18next';
import type { CameraEvent } from '../types.ts';
import styles from './events.module.css';

/** The picture of the moment, with the thing it is about marked. */
export function EventPicture({ event }: { event: CameraEvent }) {
  const { t } = useTranslation();
  const { box, position } = event.details;
  if (!event.hasPicture) return <p className={styles.noPicture}>{t('video.events.noPicture')}</p>;
  return (
    <div className={styles.picture}>
      <img src={`/api/matrixvision/events/${event.id}/picture.jpg`} alt={t('video.events.picture')} />
      {position && <i className={styles.spot} style={{ left: `${position.x * 100}%`, top: `${position.y * 100}%` }} />}
      {box && (
        <i
          className={styles.box}
          style={{
            left: `${box.x * 100}%`,
            top: `${box.y * 100}%`,
            width: `${box.width * 100}%`,
            height: `${box.height * 100}%`,
          }}
        />
      )}
    </div>
  );
}
