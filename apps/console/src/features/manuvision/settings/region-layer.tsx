import type { PartPicture } from '../types.ts';
import type { Box } from './picture-stage.tsx';
import styles from './settings.module.css';

/** In shares of the picture. */
export type Region = Box;
export const whole: Region = { x: 0, y: 0, width: 1, height: 1 };

const four = (value: number) => Math.round(value * 1e4) / 1e4;

/** A box in pixels as shares of the picture, within it also after rounding. */
export function regionOf({ x, y, width, height }: Box, picture: Pick<PartPicture, 'width' | 'height'>): Region {
  const [left, top] = [four(x / picture.width), four(y / picture.height)];
  return {
    ...{ x: left, y: top },
    width: Math.min(four(width / picture.width), four(1 - left)),
    height: Math.min(four(height / picture.height), four(1 - top)),
  };
}

/** The part of the picture that is looked at, the rest dimmed. */
export function RegionLayer({
  region,
  picture,
}: {
  readonly region: Region;
  readonly picture: Pick<PartPicture, 'width' | 'height'>;
}) {
  const { width, height } = picture;
  const [x, y, across, down] = [region.x * width, region.y * height, region.width * width, region.height * height];
  if (region.width >= 1 && region.height >= 1) return null;
  return (
    <>
      <path
        className={styles.outside}
        fillRule="evenodd"
        d={`M0 0H${width}V${height}H0ZM${x} ${y}h${across}v${down}h${-across}Z`}
      />
      <rect className={styles.region} x={x} y={y} width={across} height={down} />
    </>
  );
}
