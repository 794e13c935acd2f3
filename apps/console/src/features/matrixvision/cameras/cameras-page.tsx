import { AppstoreOutlined, PlusOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useCameraNews } from '../shared/use-camera-news.ts';
import { useSiteCameras } from '../shared/use-cameras.ts';
import type { Camera } from '../types.ts';
import { CameraForm } from './camera-form.tsx';
import { CameraTable } from './camera-table.tsx';
import { CameraWall } from './camera-wall.tsx';

/** All cameras of the site, live side by side or as a list. */
export function CamerasPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { data, error, refetch } = useSiteCameras();
  useCameraNews();
  const [view, setView] = useParameter('view');
  const [isNew, setNew] = useParameter('new');
  const [edited, setEdited] = useState<Camera>();
  const create = may('matrixvision.camera.write') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setNew('1')}>
      {t('video.cameras.new')}
    </Button>
  );
  return (
    <>
      <PageHeader page="cameras">
        {data && data.length > 0 && (
          <Segmented
            aria-label={t('video.cameras.view')}
            value={view ?? 'wall'}
            onChange={(next) => setView(next === 'wall' ? undefined : next)}
            options={[
              { value: 'wall', icon: <AppstoreOutlined />, label: t('video.cameras.wall') },
              { value: 'list', icon: <UnorderedListOutlined />, label: t('video.cameras.list') },
            ]}
          />
        )}
        {create}
      </PageHeader>
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Splash />
      ) : data.length === 0 ? (
        <EmptyState title={t('video.cameras.empty')} text={t('video.cameras.emptyNext')}>
          {create}
        </EmptyState>
      ) : view === 'list' ? (
        <CameraTable cameras={data} onEdit={setEdited} />
      ) : (
        <CameraWall cameras={data} onEdit={setEdited} />
      )}
      {isNew && may('matrixvision.camera.write') && <CameraForm onClose={() => setNew(undefined)} />}
      {edited && <CameraForm key={edited.id} camera={edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}
