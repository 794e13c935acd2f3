import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { heatRamp } from './heat-ramp.ts';
import styles from './verdict.module.css';

/** What speaks against the part, in colours over its picture; the server gives it grey. */
export function HeatOverlay({ source }: { source: string }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new Image();
    let isWanted = true;
    image.onload = () => {
      const place = canvas.current;
      if (!isWanted || !place) return;
      const { naturalWidth: width, naturalHeight: height } = image;
      Object.assign(place, { width, height });
      const context = place.getContext('2d', { willReadFrequently: true })!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      context.putImageData(new ImageData(heatRamp(data), width, height), 0, 0);
      place.dataset.drawn = 'true';
    };
    image.src = source;
    return () => {
      isWanted = false;
    };
  }, [source]);
  return (
    <canvas ref={canvas} className={styles.heat} width={1} height={1} role="img" aria-label={t('parts.heat.label')} />
  );
}
