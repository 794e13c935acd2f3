import { DeleteOutlined } from '@ant-design/icons';
import type { GroundFit } from '@millwright/matrixvision';
import { Button, InputNumber, Segmented } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../app/i18n/use-format.ts';
import { Panel } from '../../../../components/panel.tsx';
import styles from './ground.module.css';
import {
  type Calibration,
  type GroundDraft,
  type GroundPoint,
  gridOf,
  leastGroundPoints,
  placedPoints,
  type Sides,
} from './ground-points.ts';

interface GroundFormProps {
  readonly draft: GroundDraft;
  /** Where every point has its place. */
  readonly calibration: Calibration | undefined;
  readonly fit: GroundFit | undefined;
  onChange(draft: GroundDraft, name?: string): void;
}

type How = 'sides' | 'places';
const none: Sides = [null, null];

/** Where the points are on the ground: by the sides of a rectangle, or each by its place; and how well that fits. */
export function GroundForm({ draft, calibration, fit, onChange }: GroundFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const { sides } = draft;
  const points = placedPoints(draft);
  const how: How = sides ? 'sides' : 'places';
  // Going over to places keeps those that follow from the sides.
  const setHow = (next: How) => onChange(next === 'places' ? { points } : { points, sides: none });
  const place = (index: number, axis: 0 | 1, value: number | null) => {
    const ground = withAxis(points[index]!.ground, axis, value);
    onChange({ ...draft, points: draft.points.with(index, { ...points[index]!, ground }) }, `place ${index} ${axis}`);
  };
  const metres = (value: number) => `${format.number(value, value < 1 ? 2 : 1)} m`;
  return (
    <Panel title={t('video.ground.title')}>
      <Segmented<How>
        block
        size="small"
        aria-label={t('video.ground.place')}
        value={how}
        onChange={setHow}
        options={[
          { value: 'sides', label: t('video.ground.bySides') },
          { value: 'places', label: t('video.ground.byPlaces') },
        ]}
      />
      {sides && (
        <>
          <p className={styles.sentence}>{t('video.ground.sidesHint')}</p>
          <div className={styles.pair}>
            {([0, 1] as const).map((side) => (
              <div key={side}>
                <label htmlFor={`${id}-${side}`}>{t(side === 0 ? 'video.ground.first' : 'video.ground.second')}</label>
                <InputNumber
                  id={`${id}-${side}`}
                  min={0.01}
                  step={0.5}
                  value={sides[side]}
                  onChange={(value) =>
                    onChange({ ...draft, sides: side === 0 ? [value, sides[1]] : [sides[0], value] }, `side ${side}`)
                  }
                />
              </div>
            ))}
          </div>
        </>
      )}
      <ol className={styles.points}>
        {points.map((point, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a point is what stands at its place in the list.
            key={index}
          >
            <b>{t('video.ground.point', { n: index + 1 })}</b>
            {([0, 1] as const).map((axis) => (
              <InputNumber
                key={axis}
                size="small"
                step={0.5}
                disabled={Boolean(sides) && index < leastGroundPoints}
                aria-label={t(axis === 0 ? 'video.ground.x' : 'video.ground.y', { n: index + 1 })}
                placeholder={axis === 0 ? 'x' : 'y'}
                value={point.ground[axis]}
                onChange={(value) => place(index, axis, value)}
              />
            ))}
            <span className="soft">
              {fit && fit.error !== null && t('video.ground.errorOf', { error: metres(fit.errors[index]!) })}
            </span>
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('video.ground.remove', { n: index + 1 })}
              onClick={() => onChange({ ...draft, points: draft.points.toSpliced(index, 1) })}
            />
          </li>
        ))}
      </ol>
      <div role="status" className={styles.sentence}>
        {!calibration ? (
          <span className="soft">{t('video.ground.more', { n: points.length })}</span>
        ) : !fit ? (
          <span className={styles.wrong}>{t('video.ground.noFit')}</span>
        ) : (
          <>
            <p>
              {t('video.ground.error')}: <b>{fit.error === null ? format.number(null) : metres(fit.error)}</b>
            </p>
            {fit.error === null && <p className="soft">{t('video.ground.errorNone')}</p>}
            <p className="soft">{t('video.ground.grid', { step: metres(gridOf(calibration, fit).step) })}</p>
          </>
        )}
      </div>
    </Panel>
  );
}

const withAxis = ([x, y]: GroundPoint['ground'], axis: 0 | 1, value: number | null): GroundPoint['ground'] =>
  axis === 0 ? [value, y] : [x, value];
