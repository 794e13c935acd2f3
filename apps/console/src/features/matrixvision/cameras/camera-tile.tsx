import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { LiveView } from '../live/live-view.tsx';
import { CameraMark } from '../shared/camera-mark.tsx';
import { CameraNotes } from '../shared/camera-notes.tsx';
import { hasPictures, isRunning } from '../shared/is-running.ts';
import { useStateReason } from '../shared/use-state-reason.ts';
import type { Camera, CameraState } from '../types.ts';
import { CameraMenu } from './camera-menu.tsx';
import styles from './cameras.module.css';

interface CameraTileProps {
  readonly camera: Camera;
  readonly withBoxes: boolean;
  /** Said where cameras of several sites stand side by side. */
  readonly site?: string | undefined;
  onEdit(): void;
}

/** One camera of the wall: live picture, state, and how well it is kept up with. */
export function CameraTile({ camera, withBoxes, site, onEdit }: CameraTileProps) {
  const { t } = useTranslation();
  const reason = useStateReason();
  const [newer, setNewer] = useState<CameraState>();
  const state = newer ?? camera.state;
  const { code, message, remedy } = reason(state);
  const path = `/video/cameras/${camera.id}`;
  const { source } = camera.settings;
  return (
    <article className={styles.tile} aria-label={camera.name}>
      <header className={styles.head}>
        <Link to={path} className={styles.name} title={site ? `${camera.name} · ${site}` : camera.name}>
          {camera.name}
          {site && <small data-raw>{site}</small>}
        </Link>
        <CameraMark state={state} />
        <CameraMenu camera={camera} onEdit={onEdit} />
      </header>
      <Link to={path} className={styles.picture} tabIndex={-1} aria-hidden="true">
        <LiveView
          cameraId={camera.id}
          name={camera.name}
          isRunning={isRunning(camera)}
          isElsewhere={camera.state.state === 'elsewhere'}
          hasPictures={hasPictures(state)}
          withBoxes={withBoxes}
          small
          onLive={({ state: said }) => setNewer(said)}
        >
          {state.state === 'lost' && (
            <span className={styles.trouble}>
              <b>{message}</b>
              {remedy && <span>{remedy}</span>}
              <code>{code}</code>
            </span>
          )}
        </LiveView>
      </Link>
      {source.type === 'file' && source.rendered && <p className={styles.rendered}>{t('video.cameras.rendered')}</p>}
      <CameraNotes state={state} />
      <Figures state={state} />
    </article>
  );
}

function Figures({ state }: { state: CameraState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const figures = [
    { key: 'frames', value: format.number(state.framesPerSecond, 1) },
    { key: 'detections', value: format.number(state.detectionsPerSecond, 1) },
    {
      key: 'latency',
      value: state.latencyMs === null ? format.number(null) : `${format.number(state.latencyMs, 0)} ms`,
    },
    { key: 'dropped', value: format.number(state.droppedLate, 0) },
  ] as const;
  return (
    <dl className={styles.figures}>
      {figures.map(({ key, value }) => (
        <div key={key} title={t(`video.figureHint.${key}`)}>
          <dt>{t(`video.figure.${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
