import { applyTransform, type Picture, type Plane, type Region, type Transform } from '@millwright/imaging';
import { alignerOf } from '../anomaly/align-parts.ts';
import type { AnomalySettings } from '../anomaly/anomaly-settings.ts';
import { sharesOf } from '../anomaly/tiles.ts';
import { fillShapes } from '../datasets/regions/fill-shapes.ts';
import type { LabelledPicture } from '../kinds/inspection.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import type { Labels } from './labelled-places.ts';

/** A picture as the inspection looks at it. */
export interface PlacedPicture {
  readonly picture: Picture;
  /** Takes places of it to those of the picture that came; undefined where it is the one that came. */
  readonly transform: Transform | undefined;
}

/** How the inspection looks at pictures. Throws MANUVISION_MODEL_DAMAGED. */
export function placerOf(
  align: AnomalySettings['align'],
  attachments: ModelFile['attachments'],
): (picture: Picture) => PlacedPicture {
  return alignerOf(align, attachments) ?? ((picture) => ({ picture, transform: undefined }));
}

/** What was drawn on the picture that came, on the one that is looked at. */
export async function labelsOn({ picture, transform }: PlacedPicture, part: LabelledPicture): Promise<Labels> {
  const [boxes, mask] = [part.boxes ?? [], await part.readMask?.()];
  if (!transform) return { boxes: boxes.map((box) => sharesOf(box, picture)), mask };
  if (boxes.length === 0 && !mask) return { boxes: [], mask };
  const { width, height } = picture;
  const drawn = fillShapes(
    boxes.map((box) => ({ kind: 'box', ...box })),
    width,
    height,
  );
  if (mask) for (const [at, value] of mask.data.entries()) if (value > 0) drawn.data[at] = 1;
  return { boxes: [], mask: moved(drawn, transform) };
}

/** As seen through the transform; nothing was drawn beyond the edges. */
function moved({ width, height, data }: Plane, [a, b, c, d, e, f]: Transform): Plane {
  const seen = new Float32Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = [Math.round(a * x + b * y + c), Math.round(d * x + e * y + f)];
      if (u >= 0 && v >= 0 && u < width && v < height) seen[y * width + x] = data[v * width + u]!;
    }
  return { width, height, data: seen };
}

/** The box around an area of the picture that is looked at, on the one that came. */
export function areaBack({ x, y, width, height }: Region, { picture, transform }: PlacedPicture): Region {
  if (!transform) return { x, y, width, height };
  // Pixels have their places at their middles.
  const corners = [x, x + width].flatMap((right) =>
    [y, y + height].map((bottom) => applyTransform(transform, { x: right - 0.5, y: bottom - 0.5 })),
  );
  const within = (value: number, last: number) => Math.min(Math.max(Math.round(value + 0.5), 0), last);
  const [xs, ys] = [
    corners.map((corner) => within(corner.x, picture.width)),
    corners.map((corner) => within(corner.y, picture.height)),
  ];
  const [left, top] = [Math.min(...xs, picture.width - 1), Math.min(...ys, picture.height - 1)];
  return { x: left, y: top, width: Math.max(...xs, left + 1) - left, height: Math.max(...ys, top + 1) - top };
}
