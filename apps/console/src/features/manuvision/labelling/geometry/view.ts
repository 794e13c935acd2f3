import type { Point } from './rasterise.ts';
import type { Size } from './shape.ts';

/** How a picture lies on the stage: a pixel is `scale` wide, and the picture's upper left is at `x`, `y` of the stage. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const toPicture = ({ scale, x, y }: View, [sx, sy]: Point): Point => [(sx - x) / scale, (sy - y) / scale];
export const toStage = ({ scale, x, y }: View, [px, py]: Point): Point => [px * scale + x, py * scale + y];

const fitScale = (picture: Size, stage: Size): number =>
  Math.min((stage.width - 16) / picture.width, (stage.height - 16) / picture.height);

/** Nothing is seen of single pixels beyond this. */
const largestScale = 40;

const centred = (scale: number, picture: Size, stage: Size): View => ({
  scale,
  x: (stage.width - picture.width * scale) / 2,
  y: (stage.height - picture.height * scale) / 2,
});

/** The whole picture in the middle; small ones are enlarged. */
export const fitView = (picture: Size, stage: Size): View =>
  centred(Math.min(largestScale, Math.max(1e-3, fitScale(picture, stage))), picture, stage);

/** So far that the middle of the stage stays on the picture. */
export function keepInSight({ scale, x, y }: View, picture: Size, stage: Size): View {
  const within = (offset: number, length: number, room: number) =>
    Math.min(room / 2, Math.max(room / 2 - length * scale, offset));
  return {
    scale,
    x: within(x, picture.width, stage.width),
    y: within(y, picture.height, stage.height),
  };
}

/** Nearer or farther, with the pixel under a place of the stage staying there. */
export function zoomAt(view: View, factor: number, [sx, sy]: Point, picture: Size, stage: Size): View {
  const smallest = Math.min(1, fitScale(picture, stage) / 2);
  const scale = Math.min(largestScale, Math.max(smallest, view.scale * factor));
  const by = scale / view.scale;
  return keepInSight({ scale, x: sx - (sx - view.x) * by, y: sy - (sy - view.y) * by }, picture, stage);
}
