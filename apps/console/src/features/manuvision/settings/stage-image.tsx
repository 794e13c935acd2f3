import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { coarsestLevel, tileBox, tileKey, tilesOf } from '../labelling/geometry/tiles.ts';
import { picturePath, tilePath } from '../shared/paths.ts';
import type { PartPicture } from '../types.ts';
import styles from './settings.module.css';

interface StageImageProps {
  readonly datasetId: string;
  readonly picture: PartPicture;
}

/** Larger ones are fetched as tiles of fewer pixels. */
const largePixels = 12_000_000;
/** Longer side that shows what is drawn on, also when it is looked at nearer; tiles out of sight are not fetched. */
const enough = 8192;

/** The picture itself; or the server's tiles of it where it is large, or of a format that no browser shows, such as TIFF. */
export function StageImage({ datasetId, picture }: StageImageProps) {
  const [isForeign, setForeign] = useState(false);
  if (isForeign || picture.width * picture.height > largePixels) return <Tiles {...{ datasetId, picture }} />;
  return <img src={picturePath(datasetId, picture.id)} alt={picture.fileName} onError={() => setForeign(true)} />;
}

function Tiles({ datasetId, picture }: StageImageProps) {
  const { t } = useTranslation();
  const [isLost, setLost] = useState(false);
  const { id, width, height } = picture;
  const wanted = Math.ceil(Math.log2(Math.max(width, height) / enough));
  const level = Math.min(Math.max(wanted, 0), coarsestLevel(picture));
  if (isLost) return <p className={styles.unshowable}>{t('parts.picture.unshowable')}</p>;
  return tilesOf({ x: 0, y: 0, width, height }, level).map((tile) => {
    const box = tileBox(tile, picture);
    const share = (part: number, whole: number) => `${(part / whole) * 100}%`;
    return (
      <img
        key={tileKey(tile)}
        className={styles.tile}
        src={tilePath(datasetId, id, tile)}
        alt=""
        loading="lazy"
        onError={() => setLost(true)}
        style={{
          ...{ left: share(box.x, width), top: share(box.y, height) },
          ...{ width: share(box.width, width), height: share(box.height, height) },
        }}
      />
    );
  });
}
