import type { TrainingParts } from '../kinds/inspection.ts';

/** Sides of what backbones take are multiples of this. */
const multiple = 32;

/** The size that a picture is scaled to: its longer side `longSide`, each side the nearest multiple of 32, at least 32. */
export function workingSize(
  picture: { readonly width: number; readonly height: number },
  longSide: number,
): { width: number; height: number } {
  const scale = longSide / Math.max(picture.width, picture.height);
  const side = (pixels: number) => Math.max(1, Math.round((pixels * scale) / multiple)) * multiple;
  return { width: side(picture.width), height: side(picture.height) };
}

/** Pixels of all pictures together at the size that they are learnt at, so that training stays within a minute. */
const pixelBudget = 28_000_000;
const longest = 640;
const shortest = 256;
/** Pictures whose size is looked at. */
const looked = 9;

/**
 * The longer side that pictures are learnt at where nobody says it: their own, the middle one of a few, as far as all of them together
 * stay within the budget. Thin defects are lost in what is made too small; making pictures larger tells nothing.
 */
export async function usualLongSide({ good, defects }: TrainingParts): Promise<number> {
  const all = [...defects, ...good];
  const step = Math.max(1, Math.ceil(all.length / looked));
  const sides: number[] = [];
  for (let at = 0; at < all.length; at += step) {
    const { width, height } = await all[at]!.read();
    sides.push(Math.max(width, height));
  }
  sides.sort((a, b) => a - b);
  const own = sides[Math.floor(sides.length / 2)] ?? shortest;
  const afforded = Math.max(shortest, Math.min(longest, Math.sqrt(pixelBudget / Math.max(1, all.length))));
  return Math.max(64, Math.floor(Math.min(own, afforded) / multiple) * multiple);
}
