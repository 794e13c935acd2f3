import type { Size } from '../../geometry/box.ts';
import type { Shown } from '../pictures/patch-file.ts';

/** Box and pose of a person, told in fractions of a picture, in pixels of it. */
export function shownInPixels(shown: Shown, { width, height }: Size): Shown {
  if (shown.shows === 'part' || !shown.box) return shown;
  const { x, y, width: across, height: down } = shown.box;
  return {
    ...shown,
    box: { x: x * width, y: y * height, width: across * width, height: down * height },
    ...(shown.keypoints && {
      keypoints: shown.keypoints.map((one) => ({ ...one, x: one.x * width, y: one.y * height })),
    }),
  };
}
