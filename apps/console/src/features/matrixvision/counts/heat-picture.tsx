import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import styles from './counts.module.css';
import { heatColors } from './heat-colors.ts';
import type { HeatMap } from './use-counts.ts';

/** How long things were where, laid over the picture: one pixel a cell, smoothed by the browser. */
export function HeatPicture({ map }: { map: HeatMap }) {
  const { t } = useTranslation();
  const format = useFormat();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { columns, rows } = map;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || columns * rows === 0) return;
    context.putImageData(new ImageData(heatColors(map.seconds), columns, rows), 0, 0);
  }, [map, columns, rows]);
  const most = map.seconds.reduce((most, seconds) => Math.max(most, seconds), 0);
  return (
    <>
      <canvas
        ref={canvas}
        className={styles.heat}
        width={columns}
        height={rows}
        role="img"
        aria-label={t('video.place.heat')}
      />
      <span className={styles.scale}>
        {t('video.place.stayed')} 0 <i /> {format.duration(most * 1000)}
      </span>
    </>
  );
}
