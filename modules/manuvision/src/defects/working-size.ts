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
