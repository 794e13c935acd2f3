import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTerm } from '../../../app/i18n/use-term.ts';
import { useSession } from '../../../app/session.tsx';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { useRuleSet } from '../camera/rules/use-rule-set.ts';
import { useRuleWords } from '../camera/rules/use-rule-words.ts';
import { ShapePicture } from '../drawing/shape-picture.tsx';
import { pictureRatio } from '../shared/picture-ratio.ts';
import { useDoubt } from '../shared/use-doubt.ts';
import type { Camera, Drawn, StoredCrossing } from '../types.ts';
import styles from './counts.module.css';

interface CrossingDrawerProps {
  readonly crossing: StoredCrossing | undefined;
  readonly camera: Camera;
  onClose(): void;
}

/** One crossing: its picture with the line and the position on either side of it. */
export function CrossingDrawer({ crossing, camera, onClose }: CrossingDrawerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const term = useTerm();
  const words = useRuleWords();
  const doubt = useDoubt();
  const { may } = useSession();
  if (!crossing) return null;
  const { before, after } = crossing;
  return (
    <Drawer
      open
      mask={false}
      size={480}
      title={`${term('label', crossing.label)} ${crossing.track} · ${words.count(crossing.direction)}`}
      onClose={onClose}
    >
      {may('matrixvision.video.read') && crossing.hasPicture && <CrossingPicture crossing={crossing} camera={camera} />}
      <dl className={styles.facts}>
        <div>
          <dt>{t('video.events.at')}</dt>
          <dd>{format.dateTime(crossing.at)}</dd>
        </div>
        <div>
          <dt>{t('video.counts.before')}</dt>
          <dd>
            {format.percent(before.x)} · {format.percent(before.y)}{' '}
            <span className="faint">{format.dateTime(before.at)}</span>
          </dd>
        </div>
        <div>
          <dt>{t('video.counts.after')}</dt>
          <dd>
            {format.percent(after.x)} · {format.percent(after.y)}{' '}
            <span className="faint">{format.dateTime(after.at)}</span>
          </dd>
        </div>
        <div>
          <dt>{t('video.events.doubts')}</dt>
          <dd>{crossing.doubts.length > 0 ? crossing.doubts.map(doubt).join(' ') : '–'}</dd>
        </div>
      </dl>
      <p>
        <Link to={`/video/events?event=${crossing.id}`}>{t('video.counts.proof')}</Link>
      </p>
      {may('matrixvision.video.read') && (
        <Link to={`/video/recordings?camera=${camera.id}&at=${encodeURIComponent(crossing.at)}`}>
          {t('video.counts.watch')}
        </Link>
      )}
    </Drawer>
  );
}

function CrossingPicture({ crossing, camera }: { crossing: StoredCrossing; camera: Camera }) {
  const { t } = useTranslation();
  const { palette } = useTheme();
  const rules = useRuleSet(camera.id).data?.rules.rules as
    | readonly { id: string; line?: readonly Drawn[] }[]
    | undefined;
  const line = rules?.find(({ id }) => id === crossing.ruleId)?.line;
  const ratio = pictureRatio(camera);
  const at = ({ x, y }: { x: number; y: number }) => ({ cx: x * 100 * ratio, cy: y * 100 });
  const [from, to] = [at(crossing.before), at(crossing.after)];
  const color = palette.series[1]!;
  return (
    <div className={styles.picture}>
      <img src={`/api/matrixvision/crossings/${crossing.id}/picture.jpg`} alt={t('video.counts.picture')} />
      <svg viewBox={`0 0 ${100 * ratio} 100`} preserveAspectRatio="none" aria-hidden="true">
        {line && <ShapePicture points={line} isZone={false} color={palette.series[0]!} ratio={ratio} />}
        <line
          {...{ x1: from.cx, y1: from.cy, x2: to.cx, y2: to.cy }}
          stroke={color}
          strokeWidth={2.5}
          vectorEffect="non-scaling-stroke"
        />
        <circle {...from} r={1.4} fill="#ffffff" stroke={color} strokeWidth={0.6} />
        <circle {...to} r={1.6} fill={color} stroke="#ffffff" strokeWidth={0.6} />
      </svg>
    </div>
  );
}
