import type { Drawn } from '../types.ts';
import { type Arrow, sideArrow } from './drawn-shape.ts';

interface ShapePictureProps {
  readonly points: readonly Drawn[];
  readonly isZone: boolean;
  readonly color: string;
  /** Width of the picture over its height. */
  readonly ratio: number;
  readonly isChosen?: boolean;
  readonly isFaint?: boolean;
  /** Which side of a line is in. */
  readonly inward?: 'right' | 'left';
  /** An arrow along its way: the head stands at the last point. */
  readonly isArrow?: boolean;
  onChoose?(): void;
}

/** A line with its direction, or a zone, in an SVG of 100·ratio by 100. */
export function ShapePicture({ points, isZone, color, ratio, isChosen = false, ...rest }: ShapePictureProps) {
  const path = points.map(([x, y]) => `${x * 100 * ratio},${y * 100}`).join(' ');
  const look = {
    stroke: color,
    strokeWidth: isChosen ? 3 : 2,
    vectorEffect: 'non-scaling-stroke',
    strokeDasharray: rest.isFaint ? '5 5' : undefined,
    strokeLinejoin: 'round',
    strokeLinecap: 'round',
  } as const;
  return (
    <g onPointerDown={rest.onChoose} style={rest.onChoose && { pointerEvents: 'all', cursor: 'pointer' }}>
      {isZone ? (
        <polygon points={path} fill={color} fillOpacity={isChosen ? 0.24 : 0.12} {...look} />
      ) : (
        <>
          {rest.onChoose && <polyline points={path} fill="none" stroke="transparent" strokeWidth={4} />}
          <polyline points={path} fill="none" {...look} />
        </>
      )}
      {rest.isArrow && points.length > 1 && (
        <ArrowPicture arrow={{ from: points.at(-2)!, to: points.at(-1)! }} ratio={ratio} color={color} />
      )}
      {rest.inward && points.length > 1 && (
        <ArrowPicture arrow={sideArrow(points, rest.inward, ratio)} ratio={ratio} color={color} />
      )}
    </g>
  );
}

function ArrowPicture({ arrow: { from, to }, ratio, color }: { arrow: Arrow; ratio: number; color: string }) {
  const [x1, y1] = [from[0] * 100 * ratio, from[1] * 100];
  const [x2, y2] = [to[0] * 100 * ratio, to[1] * 100];
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [size, width] = [2.6, 1.5];
  const head = [
    [x2 + ux * size, y2 + uy * size],
    [x2 - uy * width, y2 + ux * width],
    [x2 + uy * width, y2 - ux * width],
  ];
  return (
    <>
      <line {...{ x1, y1, x2, y2 }} stroke={color} strokeWidth={2.5} vectorEffect="non-scaling-stroke" />
      <polygon points={head.map((point) => point.join(',')).join(' ')} fill={color} />
    </>
  );
}
