import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './settings.module.css';
import { draggedTo, grownBy, type Handle, handlesOf, movedBy, type Shape, type Size, turnedBy } from './shape.ts';
import { useStagePlace } from './stage-place.ts';

interface MovableShapeProps {
  readonly shape: Shape;
  readonly picture: Size;
  /** What it is called. */
  readonly label: string;
  readonly isChosen?: boolean;
  readonly mayTurn?: boolean;
  /** What it marks is not looked at. */
  readonly isIgnored?: boolean;
  /** Left out, it can only be looked at. */
  onChange?: ((shape: Shape) => void) | undefined;
  onChoose?: (() => void) | undefined;
  onRemove?: (() => void) | undefined;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ...{ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] },
};

/** A shape over the picture that is moved and resized, by mouse, finger or keys. */
export function MovableShape(props: MovableShapeProps) {
  const { shape, picture, label, isChosen = false, mayTurn = false, isIgnored = false } = props;
  const { onChange, onChoose, onRemove } = props;
  const { t } = useTranslation();
  const placeOf = useStagePlace();
  const hold = useRef<{ readonly from: readonly [number, number]; readonly shape: Shape; readonly handle?: Handle }>(
    undefined,
  );
  const drawn = <Outline shape={shape} isIgnored={isIgnored} />;
  if (!onChange) return drawn;

  const take = (handle?: Handle) => (event: PointerEvent<SVGElement>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    hold.current = { from: placeOf(event), shape, ...(handle && { handle }) };
    onChoose?.();
  };
  const drag = (event: PointerEvent) => {
    if (!hold.current) return;
    event.stopPropagation();
    const { from, shape: before, handle } = hold.current;
    const to = placeOf(event);
    onChange(handle ? draggedTo(before, handle, to) : movedBy(before, [to[0] - from[0], to[1] - from[1]], picture));
  };
  const release = (event: PointerEvent) => {
    if (hold.current) event.stopPropagation();
    hold.current = undefined;
  };
  const press = (event: KeyboardEvent) => {
    if (onRemove && (event.key === 'Delete' || event.key === 'Backspace')) {
      event.preventDefault();
      return onRemove();
    }
    const arrow = arrows[event.key];
    if (!arrow) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? Math.max(10, Math.round(Math.max(picture.width, picture.height) / 50)) : 1;
    const by = [arrow[0] * step, arrow[1] * step] as const;
    if (event.altKey) onChange(grownBy(shape, by));
    else if (event.ctrlKey && mayTurn) onChange(turnedBy(shape, by[0] + by[1]));
    else onChange(movedBy(shape, by, picture));
  };
  const pointer = { onPointerMove: drag, onPointerUp: release, onPointerCancel: release };
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button within SVG.
    <g
      role="button"
      tabIndex={0}
      className={styles.movable}
      data-chosen={isChosen}
      aria-label={t('parts.shape.label', { name: label })}
      onKeyDown={press}
      onFocus={onChoose}
    >
      <g className={styles.outline} onPointerDown={take()} {...pointer}>
        {drawn}
      </g>
      {[['middle', [shape.x, shape.y]] as const, ...handlesOf(shape, mayTurn)].map(([handle, [x, y]]) => (
        <g
          key={handle}
          className={styles.handle}
          data-handle={handle}
          onPointerDown={take(handle === 'middle' ? undefined : handle)}
          {...pointer}
        >
          {/* Without length and with round ends it is a dot of one size, however large the picture is shown. */}
          <path className={styles.grip} d={`M${x} ${y}h0`} />
          <path d={`M${x} ${y}h0`} />
        </g>
      ))}
    </g>
  );
}

function Outline({ shape, isIgnored }: { readonly shape: Shape; readonly isIgnored: boolean }) {
  const className = isIgnored ? styles.ignored : styles.region;
  if (shape.kind === 'ring') {
    const middle = { cx: shape.x, cy: shape.y };
    return (
      <>
        <circle className={styles.edge} {...middle} r={shape.outer} />
        <circle className={className} {...middle} r={shape.outer} />
        <circle className={className} {...middle} r={shape.inner} strokeDasharray="4 4" />
      </>
    );
  }
  const { x, y, width, height, angle } = shape;
  const place = {
    ...{ x: x - width / 2, y: y - height / 2, width, height },
    ...(angle !== 0 && { transform: `rotate(${angle} ${x} ${y})` }),
  };
  return (
    <>
      <rect className={styles.edge} {...place} />
      <rect className={className} {...place} />
    </>
  );
}
