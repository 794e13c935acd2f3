import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import type { Camera } from '../types.ts';
import { useSiteCameras } from './use-cameras.ts';

/** A page about one camera: that of the address, else the first; says what to do where there is none. */
export function NeedsCamera({ children }: { children: (camera: Camera, cameras: readonly Camera[]) => ReactNode }) {
  const { t } = useTranslation();
  const [id] = useParameter('camera');
  const { data, error, refetch } = useSiteCameras();
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Splash />;
  const camera = data.find((each) => each.id === id) ?? data[0];
  if (camera) return children(camera, data);
  return (
    <EmptyState title={t('video.cameras.empty')} text={t('video.cameras.emptyNext')}>
      <Link to="/video/cameras">{t('pages.cameras.title')}</Link>
    </EmptyState>
  );
}
