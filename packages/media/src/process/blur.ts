import type { Frame } from 'node-av/lib';
import type { MediaRect } from '../video.ts';

/**
 * No side of a covered place keeps more than this many blocks: below the eight by eight at which people begin to know
 * faces again (Harmon and Julesz, Masking in visual recognition, Science 180, 1973: 16 by 16 is enough to know one).
 */
const blocksAcross = 6;

/**
 * Covers rectangles of a 4:2:0 picture by the mean of large blocks. What was under it cannot be had back: a block keeps
 * one value. `scaleX` and `scaleY` go from the pixels of the boxes to those of the picture.
 */
export function blurBoxes(picture: Frame, boxes: readonly MediaRect[], scaleX: number, scaleY: number): void {
  const planes = picture.data!;
  for (const box of boxes) {
    const left = Math.max(0, Math.floor(box.x * scaleX));
    const top = Math.max(0, Math.floor(box.y * scaleY));
    const right = Math.min(picture.width, Math.ceil((box.x + box.width) * scaleX));
    const bottom = Math.min(picture.height, Math.ceil((box.y + box.height) * scaleY));
    if (right <= left || bottom <= top) continue;
    const side = Math.max(8, Math.ceil(Math.max(right - left, bottom - top) / blocksAcross / 2) * 2);
    planes.slice(0, 3).forEach((plane, index) => {
      const shift = index === 0 ? 0 : 1;
      const area = {
        left: left >> shift,
        top: top >> shift,
        right: (right + shift) >> shift,
        bottom: (bottom + shift) >> shift,
      };
      averageBlocks(plane, picture.linesize[index]!, area, side >> shift);
    });
  }
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function averageBlocks(plane: Uint8Array, stride: number, area: Area, side: number): void {
  for (let top = area.top; top < area.bottom; top += side) {
    const bottom = Math.min(area.bottom, top + side);
    for (let left = area.left; left < area.right; left += side) {
      const right = Math.min(area.right, left + side);
      let sum = 0;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += plane[y * stride + x]!;
      const mean = Math.round(sum / ((bottom - top) * (right - left)));
      for (let y = top; y < bottom; y++) plane.fill(mean, y * stride + left, y * stride + right);
    }
  }
}
