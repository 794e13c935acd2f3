import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Drawn } from '../types.ts';
import styles from './drawing.module.css';
import { insertPoint, middlesOf, moveAll, movePoint, removePoint, type Shape } from './drawn-shape.ts';
import { arrowStep, pointAt } from './stage-point.ts';

interface ShapeHandlesProps {
  readonly shape: Shape;
  readonly color: string;
  /** Points by themselves: none is put in between, and all may be taken out. */
  readonly isFree?: boolean;
  /** A change; those with the same name belong to one step. */
  onChange(points: readonly Drawn[], name?: string): void;
  /** The drag is over. */
  onDone(): void;
}

const percent = (value: number) => `${value * 100}%`;

/** The points of a shape, to be dragged, walked with the arrow keys, put in and taken out. */
export function ShapeHandles({ shape, color, isFree = false, onChange, onDone }: ShapeHandlesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = useRef<HTMLDivElement>(null);
  const dragged = useRef<number>(undefined);
  const move = (index: number, event: PointerEvent<HTMLElement>) => {
    if (dragged.current !== index) return;
    onChange(movePoint(shape, index, pointAt(place.current!, event)), `point ${index}`);
  };
  const takeOut = (index: number) => onChange(isFree ? shape.points.toSpliced(index, 1) : removePoint(shape, index));
  const middles = isFree ? [] : middlesOf(shape);
  const onKey = (index: number, event: KeyboardEvent<HTMLElement>) => {
    const step = arrowStep(event);
    if (step) {
      const [x, y] = shape.points[index]!;
      if (event.altKey) onChange(moveAll(shape, step), 'all by keys');
      else onChange(movePoint(shape, index, [x + step[0], y + step[1]]), `point ${index} by keys`);
    } else if (event.key === 'Delete' || event.key === 'Backspace') takeOut(index);
    else if (event.key === 'Insert' || event.key === '+') {
      const middle = middles.find(({ after }) => after === index) ?? middles.at(-1);
      if (middle) onChange(insertPoint(shape, middle.after, middle.at));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={place} className={styles.handles} style={{ '--shape': color } as React.CSSProperties}>
      {middles.map(({ after, at }) => (
        <button
          key={`middle ${after}`}
          type="button"
          tabIndex={-1}
          className={styles.middle}
          style={{ left: percent(at[0]), top: percent(at[1]) }}
          title={t('video.drawing.insert')}
          aria-label={t('video.drawing.insertAfter', { n: after + 1 })}
          onPointerDown={(event) => {
            event.preventDefault();
            onChange(insertPoint(shape, after, at));
          }}
        />
      ))}
      {shape.points.map((point, index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is what stands at its place in the shape.
          key={index}
          type="button"
          className={styles.handle}
          style={{ left: percent(point[0]), top: percent(point[1]) }}
          aria-label={t('video.drawing.point', {
            n: index + 1,
            x: format.percent(point[0], 0),
            y: format.percent(point[1], 0),
          })}
          title={t('video.drawing.pointHint')}
          onPointerDown={(event) => {
            dragged.current = index;
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={(event) => move(index, event)}
          onPointerUp={() => {
            dragged.current = undefined;
            onDone();
          }}
          onPointerCancel={() => {
            dragged.current = undefined;
            onDone();
          }}
          onDoubleClick={() => takeOut(index)}
          onKeyDown={(event) => onKey(index, event)}
          onBlur={onDone}
        >
          {index + 1}
        </button>
      ))}
    </div>
  );
}
