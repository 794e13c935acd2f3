import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import type { PartPicture } from '../types.ts';
import styles from './settings.module.css';
import { StageImage } from './stage-image.tsx';
import { type PlaceOf, StageContext } from './stage-place.ts';
import { ZoomedStage } from './zoomed-stage.tsx';

/** In pixels of the picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type Point = readonly [x: number, y: number];

interface PictureStageProps {
  readonly datasetId: string;
  readonly picture: PartPicture;
  readonly label: string;
  /** Drawn over the picture, in its pixels. */
  readonly children?: ReactNode;
  /** A box was drawn; left out, none is. */
  onBox?: ((box: Box) => void) | undefined;
  /** A place was clicked. */
  onPoint?: ((point: Point) => void) | undefined;
}

/** Fewer pixels on the screen are a click and no drag. */
const leastDrag = 4;

/** A picture to draw on: a drag draws a box, a click names a place; Enter draws a box in the middle. */
export function PictureStage({ datasetId, picture, label, children, onBox, onPoint }: PictureStageProps) {
  const { width, height } = picture;
  const [drag, setDrag] = useState<{ from: Point; to: Point }>();
  const draws = onBox !== undefined || onPoint !== undefined;
  const stage = useRef<SVGSVGElement>(null);
  const placeOf: PlaceOf = ({ clientX, clientY }) => {
    const { left, top, width: across, height: down } = stage.current!.getBoundingClientRect();
    const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
    return [within(((clientX - left) / across) * width, width), within(((clientY - top) / down) * height, height)];
  };
  const end = (event: PointerEvent) => {
    if (!drag) return;
    const box = boxOf(drag.from, placeOf(event));
    setDrag(undefined);
    const scale = stage.current!.getBoundingClientRect().width / width;
    if (Math.max(box.width, box.height) * scale < leastDrag) onPoint?.(drag.from);
    else if (box.width > 0 && box.height > 0) onBox?.(box);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
    onBox?.({ x: (width * 3) / 8, y: (height * 3) / 8, width: width / 4, height: height / 4 });
  };
  const drawn = drag && onBox && boxOf(drag.from, drag.to);
  return (
    <ZoomedStage ratio={width / height}>
      <StageImage key={picture.id} {...{ datasetId, picture }} />
      <svg
        ref={stage}
        role={draws ? 'group' : 'img'}
        aria-label={label}
        tabIndex={onBox ? 0 : undefined}
        onKeyDown={press}
        data-stage
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        data-draws={draws || undefined}
        onPointerDown={(event) => {
          if (!draws || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = placeOf(event);
          setDrag({ from: at, to: at });
        }}
        onPointerMove={(event) => drag && setDrag({ ...drag, to: placeOf(event) })}
        onPointerUp={end}
        onPointerCancel={() => setDrag(undefined)}
      >
        <StageContext value={placeOf}>{children}</StageContext>
        {drawn && <rect {...drawn} className={styles.drawing} />}
      </svg>
    </ZoomedStage>
  );
}

const boxOf = ([x, y]: Point, [u, v]: Point): Box => ({
  ...{ x: Math.min(x, u), y: Math.min(y, v) },
  ...{ width: Math.abs(u - x), height: Math.abs(v - y) },
});
