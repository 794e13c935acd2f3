import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Verdict } from '../types.ts';
import { HeatOverlay } from './heat-overlay.tsx';
import { heatMapPath, verdictPicturePath } from './paths.ts';
import styles from './verdict.module.css';

interface VerdictPictureProps {
  readonly verdict: Verdict;
  /** Of the file itself, where it was judged from here. */
  readonly local?: string | undefined;
  /** With the heat map over it. */
  readonly heat: boolean;
}

/** The picture of a part with what was found in it. */
export function VerdictPicture(props: VerdictPictureProps) {
  // Another verdict begins anew: its size and whether the browser can show it are not yet known.
  return <Shown key={props.verdict.id} {...props} />;
}

function Shown({ verdict, local, heat }: VerdictPictureProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [size, setSize] = useState<{ width: number; height: number }>();
  const [isBroken, setBroken] = useState(false);
  const { id, stationId, kept, removed, boxes, hasHeatmap, fileName } = verdict;
  const source = kept ? verdictPicturePath(stationId, id) : local;
  if (!source)
    return (
      <p className={styles.without}>{t(removed ? `parts.picture.removed.${removed.by}` : 'parts.picture.notKept')}</p>
    );
  if (isBroken)
    return (
      <p className={styles.without}>
        {t('parts.picture.unshowable')}{' '}
        <a href={source} download={fileName}>
          {t('parts.picture.download')}
        </a>
      </p>
    );
  // Small pictures are shown large, and the box is the picture's own shape, so that what lies over it meets it.
  const ratio = size ? size.width / size.height : undefined;
  const shape = ratio === undefined ? {} : { aspectRatio: ratio, width: `min(100%, var(--picture-height) * ${ratio})` };
  return (
    <div className={styles.picture} style={shape}>
      <img
        src={source}
        alt={fileName}
        onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setSize({ width, height })}
        onError={() => setBroken(true)}
      />
      {heat && hasHeatmap && size && <HeatOverlay source={heatMapPath(stationId, id)} />}
      {size && boxes.length > 0 && (
        <svg
          className={styles.boxes}
          data-verdict={verdict.verdict}
          viewBox={`0 0 ${size.width} ${size.height}`}
          aria-hidden="true"
        >
          {boxes.map(({ x, y, width, height, className, score }) => (
            <rect key={`${x} ${y} ${width} ${height}`} {...{ x, y, width, height }} vectorEffect="non-scaling-stroke">
              <title>{`${className} ${format.number(score, 2)}`}</title>
            </rect>
          ))}
        </svg>
      )}
    </div>
  );
}
