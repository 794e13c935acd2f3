import { AimOutlined, BorderOuterOutlined, LineOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { DrawNew } from '../drawing/draw-new.tsx';
import { ShapePicture } from '../drawing/shape-picture.tsx';
import { snapshotUrl } from '../live/use-snapshot.ts';
import { hasPictures } from '../shared/is-running.ts';
import { pictureRatio } from '../shared/picture-ratio.ts';
import { useWindow } from '../shared/use-window.ts';
import type { Camera } from '../types.ts';
import styles from './counts.module.css';
import { FoundTracks } from './found-tracks.tsx';
import { HeatPicture } from './heat-picture.tsx';
import { type Place, useHeatMap, usePaths, useTrackSearch } from './use-counts.ts';

/** Where things were over a stretch of time, and who was in a zone or over a line that is drawn here. */
export function PlaceView({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const { palette } = useTheme();
  const window = useWindow();
  const [withHeat, setWithHeat] = useState(true);
  const [withPaths, setWithPaths] = useState(false);
  const [drawing, draw] = useState<'zone' | 'line'>();
  const [place, setPlace] = useState<Place>();
  const heat = useHeatMap(camera.id, window, undefined, withHeat);
  const paths = usePaths(camera.id, window, undefined, withPaths);
  const found = useTrackSearch(camera.id, window, place);
  const ratio = pictureRatio(camera);
  const error = heat.error ?? paths.error;
  return (
    <>
      <div className={styles.tools}>
        <Checkbox checked={withHeat} onChange={(event) => setWithHeat(event.target.checked)}>
          {t('video.place.heat')}
        </Checkbox>
        <Checkbox checked={withPaths} onChange={(event) => setWithPaths(event.target.checked)}>
          {t('video.place.paths')}
        </Checkbox>
        <Button icon={<BorderOuterOutlined />} onClick={() => draw('zone')}>
          {t('video.place.zone')}
        </Button>
        <Button icon={<LineOutlined />} onClick={() => draw('line')}>
          {t('video.place.line')}
        </Button>
        {place && (
          <Button icon={<AimOutlined />} type="text" onClick={() => setPlace(undefined)}>
            {t('video.place.clear')}
          </Button>
        )}
      </div>
      {error && <ErrorNotice error={error} />}
      <div className={styles.columns}>
        <div className={styles.stage} style={{ aspectRatio: ratio }}>
          {hasPictures(camera.state) && <img src={snapshotUrl(camera.id, 1280)} alt={camera.name} />}
          {withHeat && heat.data && <HeatPicture map={heat.data} />}
          <svg viewBox={`0 0 ${100 * ratio} 100`} preserveAspectRatio="none" aria-hidden="true">
            {withPaths &&
              paths.data?.map(({ track, from, points }) => (
                <polyline
                  key={`${from} ${track}`}
                  points={points.map(([x, y]) => `${x * 100 * ratio},${y * 100}`).join(' ')}
                  fill="none"
                  stroke={palette.series[track % palette.series.length]}
                  strokeWidth={1.5}
                  strokeOpacity={0.8}
                  vectorEffect="non-scaling-stroke"
                />
              ))}
            {place && !drawing && <ShapePicture {...place} color="#ffffff" ratio={ratio} isChosen />}
          </svg>
          {drawing && (
            <DrawNew
              key={drawing}
              isZone={drawing === 'zone'}
              color="#ffffff"
              onDone={(points) => {
                setPlace({ isZone: drawing === 'zone', points });
                draw(undefined);
              }}
              onCancel={() => draw(undefined)}
            />
          )}
        </div>
        <FoundTracks camera={camera} place={place} rows={found.data} error={found.error} />
      </div>
    </>
  );
}
