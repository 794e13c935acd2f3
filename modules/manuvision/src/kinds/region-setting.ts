import { cutPicture, type Picture, type Region } from '@millwright/imaging';
import { z } from 'zod';
import type { Judgement } from './inspection.ts';

const share = z.number().min(0).max(1);

/** A place in a picture, in shares of its width and height. */
export const regionSchema = z
  .strictObject({ x: share, y: share, width: share, height: share })
  .refine(({ x, y, width, height }) => width > 0 && height > 0 && x + width <= 1 && y + height <= 1, {
    message: 'must lie within the picture',
  });
export type RegionSetting = z.output<typeof regionSchema>;

export const wholePicture: RegionSetting = { x: 0, y: 0, width: 1, height: 1 };

/** The pixels of a region: at least one, all within the picture. */
export function pixelsOf(region: RegionSetting, { width, height }: Pick<Picture, 'width' | 'height'>): Region {
  const x = Math.min(Math.floor(region.x * width), width - 1);
  const y = Math.min(Math.floor(region.y * height), height - 1);
  return {
    ...{ x, y },
    width: Math.min(Math.max(Math.round(region.width * width), 1), width - x),
    height: Math.min(Math.max(Math.round(region.height * height), 1), height - y),
  };
}

/** Judges what is inside the region as if it were the whole picture; boxes lie on the picture that came. */
export async function judgeWithin(
  region: RegionSetting,
  picture: Picture,
  judge: (cut: Picture) => Promise<Judgement>,
): Promise<Judgement> {
  const area = pixelsOf(region, picture);
  if (area.width === picture.width && area.height === picture.height) return judge(picture);
  const judgement = await judge(cutPicture(picture, area));
  return {
    ...judgement,
    boxes: judgement.boxes.map((box) => ({ ...box, x: box.x + area.x, y: box.y + area.y })),
  };
}
