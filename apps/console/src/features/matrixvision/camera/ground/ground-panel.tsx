import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../../components/panel.tsx';
import styles from './ground.module.css';
import type { Calibration } from './ground-points.ts';

interface GroundPanelProps {
  readonly calibration: Calibration | undefined;
  readonly writes: boolean;
  onOpen(): void;
  onDrop(): void;
}

/** Whether speeds and distances on this camera are in metres, and the way to it. */
export function GroundPanel({ calibration, writes, onOpen, onDrop }: GroundPanelProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('video.ground.title')}>
      <p className={styles.sentence}>
        {calibration ? (
          <>
            <b>{t('video.ground.calibrated', { n: calibration.points.length })}</b>{' '}
            <span className="soft">{t('video.ground.calibratedHint')}</span>
          </>
        ) : (
          <span className="soft">{t('video.ground.hint')}</span>
        )}
      </p>
      {writes && (
        <span className={styles.buttons}>
          <Button size="small" onClick={onOpen}>
            {t(calibration ? 'video.ground.change' : 'video.ground.calibrate')}
          </Button>
          {calibration && (
            <Button size="small" type="text" onClick={onDrop}>
              {t('video.ground.drop')}
            </Button>
          )}
        </span>
      )}
    </Panel>
  );
}
