import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Drawn } from '../types.ts';
import styles from './drawing.module.css';
import { insidePicture, leastPoints } from './drawn-shape.ts';
import { arrowStep, pointAt } from './stage-point.ts';

interface DrawNewProps {
  readonly isZone: boolean;
  readonly color: string;
  onDone(points: readonly Drawn[]): void;
  onCancel(): void;
}

/** So near the first point, in fractions of the picture, a zone is closed. */
const closesAt = 0.025;

/**
 * Takes a new shape: click by click, or with the arrow keys and Space. A line is done with its second point, a zone when
 * it comes back to its first, by double click, or with Enter; Escape leaves everything as it was.
 */
export function DrawNew({ isZone, color, onDone, onCancel }: DrawNewProps) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const [points, setPoints] = useState<readonly Drawn[]>([]);
  const [at, setAt] = useState<Drawn>([0.5, 0.5]);
  useEffect(() => place.current?.focus({ preventScroll: true }), []);
  const finish = (all: readonly Drawn[]) => {
    if (all.length >= leastPoints(isZone)) onDone(all);
  };
  const add = (point: Drawn) => {
    const [first] = points;
    const isBack = first && Math.hypot(point[0] - first[0], point[1] - first[1]) < closesAt;
    if (isZone && isBack && points.length >= 3) return finish(points);
    const last = points.at(-1);
    // The second click of a double click lies on the first.
    if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < 0.005) return finish(points);
    const next = [...points, point];
    setPoints(next);
    if (!isZone && next.length === 2) finish(next);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = arrowStep(event);
    if (step) setAt(insidePicture(at[0] + step[0], at[1] + step[1]));
    else if (event.key === ' ') add(at);
    else if (event.key === 'Enter') finish(points);
    else if (event.key === 'Escape') onCancel();
    else if (event.key === 'Backspace') setPoints(points.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const down = (event: PointerEvent) => {
    event.preventDefault();
    place.current?.focus({ preventScroll: true });
    const point = pointAt(place.current!, event);
    setAt(point);
    add(point);
  };
  const path = [...points, at].map(([x, y]) => `${x * 100},${y * 100}`).join(' ');
  return (
    <div
      ref={place}
      className={styles.drawing}
      role="application"
      aria-label={t(isZone ? 'video.drawing.drawZone' : 'video.drawing.drawLine')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a picture to draw on takes pointer and keys.
      tabIndex={0}
      onPointerDown={down}
      onPointerMove={(event) => setAt(pointAt(place.current!, event))}
      onKeyDown={onKey}
    >
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {isZone && points.length > 1 ? (
          <polygon points={path} fill={color} fillOpacity={0.2} stroke={color} vectorEffect="non-scaling-stroke" />
        ) : (
          <polyline points={path} fill="none" stroke={color} strokeWidth={2} vectorEffect="non-scaling-stroke" />
        )}
      </svg>
      {[...points, at].map(([x, y], index) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is what stands at its place in the shape.
          key={index}
          className={index === points.length ? styles.cursor : styles.dot}
          style={{ left: `${x * 100}%`, top: `${y * 100}%`, borderColor: color }}
        />
      ))}
      <p className={styles.help} role="status">
        {t(isZone ? 'video.drawing.zoneHelp' : 'video.drawing.lineHelp')}
      </p>
    </div>
  );
}
