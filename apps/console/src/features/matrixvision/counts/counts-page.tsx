import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { CameraWindow } from '../shared/camera-window.tsx';
import { NeedsCamera } from '../shared/needs-camera.tsx';
import styles from './counts.module.css';
import { CountsView } from './counts-view.tsx';
import { CrossingList } from './crossing-list.tsx';
import { PlaceView } from './place-view.tsx';

const views = ['counts', 'crossings', 'place'] as const;
type View = (typeof views)[number];

/** How many crossed, which they were, and who was where. */
export function CountsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [asked, setView] = useParameter('view');
  const view: View = views.find((each) => each === asked) ?? 'counts';
  const offered = views.filter((each) => each !== 'place' || may('matrixvision.video.read'));
  return (
    <>
      <PageHeader page="video-counts">
        <Segmented<View>
          aria-label={t('video.cameras.view')}
          value={view}
          onChange={(next) => setView(next === 'counts' ? undefined : next)}
          options={offered.map((value) => ({ value, label: t(`video.counts.view.${value}`) }))}
        />
      </PageHeader>
      <NeedsCamera>
        {(camera, cameras) => (
          <>
            <div className={styles.controls}>
              <CameraWindow cameras={cameras} camera={camera} />
            </div>
            {view === 'crossings' ? (
              <CrossingList camera={camera} />
            ) : view === 'place' && may('matrixvision.video.read') ? (
              <PlaceView key={camera.id} camera={camera} />
            ) : (
              <CountsView camera={camera} />
            )}
          </>
        )}
      </NeedsCamera>
    </>
  );
}
