import type { Camera } from '../types.ts';

/** Width of a camera's picture by its height; that of most cameras until the first picture is there. */
export const pictureRatio = ({ state: { width, height } }: Camera): number =>
  width && height ? width / height : 16 / 9;
