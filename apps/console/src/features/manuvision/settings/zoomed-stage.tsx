import { ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type CSSProperties, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './settings.module.css';

interface ZoomedStageProps {
  /** Width by height. */
  readonly ratio: number;
  readonly children: ReactNode;
}

/** Nearer than this, single pixels are larger than what is drawn. */
const nearest = 16;

/** What lies over one another as large as the picture, to be looked at nearer: scrolled within its place. */
export function ZoomedStage({ ratio, children }: ZoomedStageProps) {
  const { t } = useTranslation();
  const [zoom, setZoom] = useState(1);
  const place = useRef<HTMLElement>(null);
  const before = useRef(zoom);
  useLayoutEffect(() => {
    const figure = place.current!;
    const by = zoom / before.current;
    before.current = zoom;
    // What was in the middle stays there.
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = figure;
    figure.scrollTo(
      (scrollLeft + clientWidth / 2) * by - clientWidth / 2,
      (scrollTop + clientHeight / 2) * by - clientHeight / 2,
    );
  }, [zoom]);
  return (
    <div className={styles.zoomed} style={{ '--ratio': ratio } as CSSProperties}>
      <figure ref={place} className={styles.stage} data-near={zoom > 1}>
        <div className={styles.layers} style={{ width: `${zoom * 100}%` }}>
          {children}
        </div>
      </figure>
      <div className={styles.zoom}>
        <Button
          size="small"
          icon={<ZoomOutOutlined />}
          aria-label={t('labelling.zoomOut')}
          disabled={zoom === 1}
          onClick={() => setZoom(zoom / 2)}
        />
        <Button
          size="small"
          icon={<ZoomInOutlined />}
          aria-label={t('labelling.zoomIn')}
          disabled={zoom === nearest}
          onClick={() => setZoom(zoom * 2)}
        />
      </div>
    </div>
  );
}
