import { useTranslation } from 'react-i18next';
import { MovableShape } from './movable-shape.tsx';
import type { Box } from './picture-stage.tsx';
import styles from './settings.module.css';
import { boxOf, type Rectangle, rectangleOf, type Size } from './shape.ts';

/** In shares of the picture. */
export type Region = Box;
export const whole: Region = { x: 0, y: 0, width: 1, height: 1 };

const four = (value: number) => Math.round(value * 1e4) / 1e4;

/** A box in pixels as shares of the picture, within it also after rounding. */
export function regionOf({ x, y, width, height }: Box, picture: Size): Region {
  const [left, top] = [four(x / picture.width), four(y / picture.height)];
  return {
    ...{ x: left, y: top },
    width: Math.min(four(width / picture.width), four(1 - left)),
    height: Math.min(four(height / picture.height), four(1 - top)),
  };
}

/** A region in pixels of the picture. */
export const boxIn = ({ x, y, width, height }: Region, picture: Size): Box => ({
  ...{ x: x * picture.width, y: y * picture.height },
  ...{ width: width * picture.width, height: height * picture.height },
});

interface LayerProps {
  readonly picture: Size;
  /** Left out, it can only be looked at. */
  onChange?: ((region: Region) => void) | undefined;
}

interface RegionLayerProps extends LayerProps {
  readonly region: Region;
  onRemove(): void;
}

/** The part of the picture that is looked at, the rest dimmed. */
export function RegionLayer({ region, picture, onChange, onRemove }: RegionLayerProps) {
  const { t } = useTranslation();
  const { width, height } = picture;
  if (region.width >= 1 && region.height >= 1) return null;
  const box = boxIn(region, picture);
  return (
    <>
      <path
        className={styles.outside}
        fillRule="evenodd"
        d={`M0 0H${width}V${height}H0ZM${box.x} ${box.y}h${box.width}v${box.height}h${-box.width}Z`}
      />
      <MovableShape
        {...{ picture, onRemove }}
        shape={rectangleOf(box)}
        label={t('parts.shape.region')}
        isChosen
        onChange={onChange && ((shape) => onChange(regionOf(boxOf(shape as Rectangle, picture), picture)))}
      />
    </>
  );
}

interface IgnoredLayerProps {
  readonly ignored: readonly Region[];
  readonly picture: Size;
  readonly chosen: number | undefined;
  onChoose(at: number): void;
  onChange?: ((ignored: readonly Region[]) => void) | undefined;
}

/** Places that may look as they like. */
export function IgnoredLayer({ ignored, picture, chosen, onChoose, onChange }: IgnoredLayerProps) {
  const { t } = useTranslation();
  return ignored.map((region, at) => (
    <MovableShape
      // biome-ignore lint/suspicious/noArrayIndexKey: places have nothing but their order.
      key={at}
      picture={picture}
      shape={rectangleOf(boxIn(region, picture))}
      label={t('parts.shape.ignored', { n: at + 1 })}
      isIgnored
      isChosen={at === chosen}
      onChoose={() => onChoose(at)}
      onChange={
        onChange && ((shape) => onChange(ignored.with(at, regionOf(boxOf(shape as Rectangle, picture), picture))))
      }
      onRemove={() => onChange?.(ignored.toSpliced(at, 1))}
    />
  ));
}

/** Where a counter is cut into its digits. */
export function DigitsLayer({
  region,
  count,
  picture,
}: LayerProps & { readonly region: Region; readonly count: number }) {
  const { x, y, width, height } = boxIn(region, picture);
  return Array.from({ length: count - 1 }, (_, at) => {
    const cut = x + (width * (at + 1)) / count;
    return <line key={cut} className={styles.region} x1={cut} y1={y} x2={cut} y2={y + height} strokeDasharray="4 4" />;
  });
}
