import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import drawing from '../../drawing/drawing.module.css';
import { insidePicture } from '../../drawing/drawn-shape.ts';
import { ShapeHandles } from '../../drawing/shape-handles.tsx';
import { arrowStep, pointAt } from '../../drawing/stage-point.ts';
import { pictureRatio } from '../../shared/picture-ratio.ts';
import type { Camera, Drawn } from '../../types.ts';
import { CameraStage } from '../camera-stage.tsx';
import { GroundGrid } from './ground-grid.tsx';
import type { Calibration, GroundPoint } from './ground-points.ts';

interface GroundStageProps {
  readonly camera: Camera;
  readonly points: readonly GroundPoint[];
  /** Whose grid is drawn. */
  readonly calibration: Calibration | undefined;
  onChange(points: readonly GroundPoint[], name?: string): void;
  /** The change that went on is over. */
  onStep(): void;
}

const most = 100;

/** The picture with the points and the grid that follows from them. A click sets a point, a drag moves one. */
export function GroundStage({ camera, points, calibration, onChange, onStep }: GroundStageProps) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<Drawn>([0.5, 0.6]);
  const [isByKeys, setByKeys] = useState(false);
  const add = (picture: Drawn) => {
    if (points.length < most) onChange([...points, { picture, ground: [null, null] }]);
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    place.current?.focus({ preventScroll: true });
    setByKeys(false);
    add(pointAt(place.current!, event));
  };
  const onKey = (event: KeyboardEvent) => {
    const step = arrowStep(event);
    if (step) {
      setByKeys(true);
      setAt(insidePicture(at[0] + step[0], at[1] + step[1]));
    } else if (event.key === ' ' || event.key === 'Enter') add(at);
    else if (event.key === 'Backspace') onChange(points.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  /** Points are moved, and taken out; what was between two of them is none of the ground's. */
  const shaped = (pictures: readonly Drawn[], name?: string) => {
    if (pictures.length === points.length)
      onChange(
        points.map((point, index) => ({ ...point, picture: pictures[index]! })),
        name,
      );
    else {
      const left = new Set(pictures);
      onChange(points.filter(({ picture }) => left.has(picture)));
    }
  };
  return (
    <section aria-label={t('video.rules.picture')}>
      <CameraStage
        camera={camera}
        withBoxes={false}
        shapes={calibration && <GroundGrid calibration={calibration} ratio={pictureRatio(camera)} />}
      >
        <div
          ref={place}
          className={drawing.drawing}
          role="application"
          aria-label={t('video.ground.addHelp')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a picture to set points on takes pointer and keys.
          tabIndex={0}
          onPointerDown={down}
          onKeyDown={onKey}
        >
          {isByKeys && (
            <i
              className={drawing.cursor}
              style={{ left: `${at[0] * 100}%`, top: `${at[1] * 100}%`, borderColor: '#9fe8d8' }}
            />
          )}
          {points.length < 4 && (
            <p className={drawing.help} role="status">
              {t('video.ground.addHelp')}
            </p>
          )}
        </div>
        <ShapeHandles
          shape={{ points: points.map(({ picture }) => picture), isZone: false }}
          color="#9fe8d8"
          isFree
          onChange={shaped}
          onDone={onStep}
        />
      </CameraStage>
    </section>
  );
}
