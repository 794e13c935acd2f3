import { handlesOf, type Shape, shapeBox } from '../geometry/shape.ts';
import type { View } from '../geometry/view.ts';
import type { MaskLayer } from './mask-layer.ts';

export interface PaintedRegion {
  readonly id: string;
  readonly shape: Shape;
  readonly colour: string;
  /** Written beside it. */
  readonly tag?: string;
  readonly isDashed?: boolean;
  readonly isChosen?: boolean;
  /** With handles to change it by. */
  readonly hasHandles?: boolean;
}

const outside = '#0b0f11';

/** Draws regions over the picture; `ratio` is pixels of the screen to one of the page. */
export function paintRegions(
  context: CanvasRenderingContext2D,
  layer: MaskLayer,
  { regions, view, ratio }: { regions: readonly PaintedRegion[]; view: View; ratio: number },
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  layer.paint(
    context,
    regions.flatMap(({ shape, colour, isDashed, isChosen }) =>
      shape.kind === 'mask' ? [{ spans: shape.spans, colour, opacity: isDashed ? 0.28 : isChosen ? 0.55 : 0.4 }] : [],
    ),
    { scale: view.scale * ratio, x: view.x * ratio, y: view.y * ratio },
  );
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  for (const region of regions) paintOutline(context, region, view);
  for (const region of regions) if (region.tag) paintTag(context, region, view);
  for (const region of regions) if (region.hasHandles) paintHandles(context, region, view);
}

/** The outline of a box or polygon; of a mask the box around, where it is chosen or only proposed. */
export function outlineOf(shape: Shape, { scale, x, y }: View): Path2D | undefined {
  const path = new Path2D();
  if (shape.kind === 'polygon') {
    for (let at = 0; at < shape.points.length; at += 2)
      path.lineTo(shape.points[at]! * scale + x, shape.points[at + 1]! * scale + y);
    path.closePath();
    return path;
  }
  const box = shapeBox(shape);
  if (!box) return undefined;
  path.rect(box.x * scale + x, box.y * scale + y, box.width * scale, box.height * scale);
  return path;
}

function paintOutline(context: CanvasRenderingContext2D, region: PaintedRegion, view: View): void {
  const { shape, colour, isDashed, isChosen } = region;
  if (shape.kind === 'mask' && !isChosen && !isDashed) return;
  const path = outlineOf(shape, view);
  if (!path) return;
  context.lineJoin = 'round';
  context.globalAlpha = 1;
  if (shape.kind !== 'mask') {
    context.globalAlpha = isDashed ? 0.06 : isChosen ? 0.18 : 0.1;
    context.fillStyle = colour;
    context.fill(path);
    context.globalAlpha = 1;
  }
  context.setLineDash(isDashed ? [6, 4] : shape.kind === 'mask' ? [2, 3] : []);
  // A dark line beneath keeps it visible on light pictures.
  context.lineWidth = isChosen ? 4 : 3.5;
  context.strokeStyle = outside;
  context.globalAlpha = 0.55;
  context.stroke(path);
  context.globalAlpha = 1;
  context.lineWidth = isChosen ? 2.5 : 1.75;
  context.strokeStyle = colour;
  context.stroke(path);
  context.setLineDash([]);
}

function paintTag(
  context: CanvasRenderingContext2D,
  { shape, colour, tag }: PaintedRegion,
  { scale, x, y }: View,
): void {
  const box = shapeBox(shape);
  if (!box || !tag) return;
  context.font = '12px system-ui, "Noto Sans CJK SC", sans-serif';
  const width = context.measureText(tag).width + 10;
  const left = Math.max(0, box.x * scale + x);
  const above = box.y * scale + y - 19;
  const top = above >= 0 ? above : Math.max(0, box.y * scale + y) + 1;
  context.fillStyle = outside;
  context.globalAlpha = 0.82;
  context.fillRect(left, top, width, 18);
  context.globalAlpha = 1;
  context.fillStyle = colour;
  context.fillRect(left, top, 3, 18);
  context.fillStyle = '#ffffff';
  context.fillText(tag, left + 6, top + 13);
}

function paintHandles(
  context: CanvasRenderingContext2D,
  { shape, colour }: PaintedRegion,
  { scale, x, y }: View,
): void {
  context.lineWidth = 1.5;
  for (const handle of handlesOf(shape)) {
    const [hx, hy] = [handle.at[0] * scale + x, handle.at[1] * scale + y];
    const half = handle.kind === 'middle' ? 2.5 : 4;
    context.globalAlpha = handle.kind === 'middle' ? 0.7 : 1;
    context.fillStyle = handle.kind === 'middle' ? colour : '#ffffff';
    context.strokeStyle = handle.kind === 'middle' ? '#ffffff' : colour;
    context.fillRect(hx - half, hy - half, 2 * half, 2 * half);
    context.strokeRect(hx - half, hy - half, 2 * half, 2 * half);
  }
  context.globalAlpha = 1;
}
