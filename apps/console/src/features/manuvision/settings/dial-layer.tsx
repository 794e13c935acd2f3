import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { angleAt, type DialScale, placeAt, turnedTo } from './dial-scale.ts';
import type { Box } from './picture-stage.tsx';
import styles from './settings.module.css';
import { useStagePlace } from './stage-place.ts';

export type DialEnd = 'from' | 'to';

interface DialLayerProps {
  readonly scale: DialScale;
  /** Of the dial, pixels of the picture; its middle is the dial's. */
  readonly box: Box;
  /** Left out, it can only be looked at. */
  onChange?: ((scale: DialScale) => void) | undefined;
}

/** Both ends of the scale over the picture, each to be turned by mouse, finger or keys. */
export function DialLayer({ scale, box, onChange }: DialLayerProps) {
  return (['from', 'to'] as const).map((end) => (
    <End
      key={end}
      {...{ scale, box, end }}
      onAngle={onChange && ((angle) => onChange({ ...scale, [`${end}Angle`]: angle }))}
    />
  ));
}

interface EndProps extends Pick<DialLayerProps, 'scale' | 'box'> {
  readonly end: DialEnd;
  onAngle: ((angle: number) => void) | undefined;
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

function End({ scale, box, end, onAngle }: EndProps) {
  const { t } = useTranslation();
  const placeOf = useStagePlace();
  const isHeld = useRef(false);
  const angle = scale[`${end}Angle`];
  const [x, y] = placeAt(angle, 0.46, box);
  const size = Math.min(box.width, box.height) / 18;
  const drawn = (
    <>
      <line
        className={styles.region}
        x1={box.x + box.width / 2}
        y1={box.y + box.height / 2}
        x2={x}
        y2={y}
        strokeDasharray="5 4"
      />
      <text className={styles.figure} x={x} y={y} dy={-size / 2} fontSize={size} strokeWidth={size / 6}>
        {scale[end]}
      </text>
    </>
  );
  if (!onAngle) return drawn;
  const hold = (event: PointerEvent<SVGElement>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    isHeld.current = true;
  };
  const release = (event: PointerEvent) => {
    if (isHeld.current) event.stopPropagation();
    isHeld.current = false;
  };
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    onAngle(turnedTo(angle + step * (event.shiftKey ? 10 : 1)));
  };
  return (
    <g
      role="slider"
      tabIndex={0}
      className={styles.movable}
      data-chosen
      aria-label={t(`parts.dial.${end}Angle`)}
      aria-valuemin={-180}
      aria-valuemax={180}
      aria-valuenow={angle}
      onKeyDown={press}
    >
      <g className={styles.outline}>{drawn}</g>
      <g
        className={styles.handle}
        data-handle="turn"
        onPointerDown={hold}
        onPointerMove={(event) => {
          if (!isHeld.current) return;
          event.stopPropagation();
          onAngle(angleAt(placeOf(event), box));
        }}
        onPointerUp={release}
        onPointerCancel={release}
      >
        <path className={styles.grip} d={`M${x} ${y}h0`} />
        <path d={`M${x} ${y}h0`} />
      </g>
    </g>
  );
}
