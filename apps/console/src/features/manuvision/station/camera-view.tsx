import { CameraOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import type { Station, Verdict } from '../types.ts';
import styles from './station.module.css';
import { useTrigger } from './use-trigger.ts';

const everyMs = 1_000;
/** Of a box each is asked over the network. */
const everyOfBoxMs = 3_000;

/** What the camera of a station sees. */
export function CameraView({ station, onJudged }: { station: Station; onJudged(verdict: Verdict): void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const format = useFormat();
  const trigger = useTrigger(station.id, onJudged);
  const { camera, cameraState, boxId } = station;
  if (!camera || !cameraState) return null;
  const { state } = cameraState;
  return (
    <section className={styles.camera} aria-label={t('parts.camera.live')}>
      {boxId && <p>{t('parts.box.on')}</p>}
      {state === 'streaming' && <Still station={station} />}
      <p>
        {t('parts.camera.take')}: {t(`parts.camera.takes.${camera.take.when}`)}
        {camera.take.when === 'interval' && ` (${format.number(camera.take.seconds)} s)`}
      </p>
      {may('manuvision.verdict.create') && (
        <Button
          icon={<CameraOutlined />}
          disabled={state !== 'streaming'}
          loading={trigger.isPending}
          onClick={() => trigger.mutate()}
        >
          {t('parts.camera.trigger')}
        </Button>
      )}
    </section>
  );
}

/** The newest picture, now and then while the page is looked at. */
function Still({ station: { id, name, boxId } }: { station: Station }) {
  const { t } = useTranslation();
  const [number, setNumber] = useState(0);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    const next = () => document.hidden || setNumber((before) => before + 1);
    const timer = setInterval(next, boxId === null ? everyMs : everyOfBoxMs);
    return () => clearInterval(timer);
  }, [boxId]);
  return (
    <>
      {isBroken && <p>{t('parts.camera.noStill')}</p>}
      <img
        src={`/api/manuvision/stations/${id}/still.jpg?width=640&n=${number}`}
        alt={name}
        hidden={isBroken}
        onLoad={() => setBroken(false)}
        onError={() => setBroken(true)}
      />
    </>
  );
}
