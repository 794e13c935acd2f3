import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useSession } from '../../../app/session.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Splash } from '../../../components/splash.tsx';
import { CameraForm } from '../cameras/camera-form.tsx';
import { CameraMenu } from '../cameras/camera-menu.tsx';
import { OfferNetwork } from '../networks/offer-network.tsx';
import { CameraMark } from '../shared/camera-mark.tsx';
import { CameraNotes } from '../shared/camera-notes.tsx';
import { useCameraNews } from '../shared/use-camera-news.ts';
import { useCameras } from '../shared/use-cameras.ts';
import { useStateReason } from '../shared/use-state-reason.ts';
import type { Camera } from '../types.ts';
import styles from './camera.module.css';
import { draftOf } from './rules/draft.ts';
import { RuleEditor } from './rules/rule-editor.tsx';
import { useRuleSet } from './rules/use-rule-set.ts';

/** One camera, large: what it sees, and the rules drawn on it. */
export function CameraPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: cameras, error, refetch } = useCameras();
  useCameraNews();
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} page />;
  if (!cameras) return <Splash />;
  const camera = cameras.find((each) => each.id === id);
  if (camera) return <CameraView key={camera.id} camera={camera} />;
  return (
    <EmptyState title={t('video.camera.gone')} text={t('video.camera.goneNext')}>
      <Link to="/video/cameras">{t('pages.cameras.title')}</Link>
    </EmptyState>
  );
}

function CameraView({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const reason = useStateReason();
  const [isEditing, setEditing] = useState(false);
  const rules = useRuleSet(camera.id);
  const { code, message, remedy } = reason(camera.state);
  return (
    <>
      <PageHeader page="camera" title={camera.name}>
        <span className={styles.state}>
          <CameraMark state={camera.state} />
        </span>
        <nav className={styles.links} aria-label={camera.name}>
          <Link to={`/video/events?camera=${camera.id}`}>{t('pages.video-events.title')}</Link>
          <Link to={`/video/counts?camera=${camera.id}`}>{t('pages.video-counts.title')}</Link>
          {may('matrixvision.video.read') && (
            <Link to={`/video/recordings?camera=${camera.id}`}>{t('pages.recordings.title')}</Link>
          )}
        </nav>
        <CameraMenu camera={camera} onEdit={() => setEditing(true)} onGone={() => navigate('/video/cameras')} />
      </PageHeader>
      {camera.state.state === 'lost' && (
        <div className={styles.trouble} role="status">
          <b>{message}</b> {remedy} <code className="mono">{code}</code>
          <OfferNetwork code={code} details={camera.state.details} />
        </div>
      )}
      <CameraNotes state={camera.state} />
      {rules.error && <ErrorNotice error={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.data ? (
        // A version that is put in force elsewhere does not throw away what is being drawn here.
        <RuleEditor key={camera.id} camera={camera} saved={draftOf(rules.data)} version={rules.data.version} />
      ) : (
        !rules.error && <Splash />
      )}
      {isEditing && <CameraForm camera={camera} onClose={() => setEditing(false)} />}
    </>
  );
}
