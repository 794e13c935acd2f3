/**
 * Morphology of bytes with a square of 2 x radius + 1 pixels: grey values 0 to 255, or masks of 0 and 1. Beyond the edge of the
 * picture nothing counts.
 */
export type Bytes = Uint8Array<ArrayBufferLike>;

/** The least value around each pixel: bright things shrink. */
export function erode(bytes: Bytes, width: number, height: number, radius: number): Bytes {
  const across = bytes.slice();
  for (let y = 0; y < height; y++)
    for (let step = 1; step <= radius; step++) {
      const [start, end] = [y * width, y * width + width];
      for (let at = start; at < end; at++) {
        let value = across[at]!;
        if (at - step >= start && bytes[at - step]! < value) value = bytes[at - step]!;
        if (at + step < end && bytes[at + step]! < value) value = bytes[at + step]!;
        across[at] = value;
      }
    }
  const result = across.slice();
  for (let y = 0; y < height; y++)
    for (let other = Math.max(y - radius, 0); other <= Math.min(y + radius, height - 1); other++) {
      const [to, from] = [y * width, other * width];
      for (let x = 0; x < width; x++) if (across[from + x]! < result[to + x]!) result[to + x] = across[from + x]!;
    }
  return result;
}

/** The greatest value around each pixel: bright things grow. */
export function dilate(bytes: Bytes, width: number, height: number, radius: number): Bytes {
  const across = bytes.slice();
  for (let y = 0; y < height; y++)
    for (let step = 1; step <= radius; step++) {
      const [start, end] = [y * width, y * width + width];
      for (let at = start; at < end; at++) {
        let value = across[at]!;
        if (at - step >= start && bytes[at - step]! > value) value = bytes[at - step]!;
        if (at + step < end && bytes[at + step]! > value) value = bytes[at + step]!;
        across[at] = value;
      }
    }
  const result = across.slice();
  for (let y = 0; y < height; y++)
    for (let other = Math.max(y - radius, 0); other <= Math.min(y + radius, height - 1); other++) {
      const [to, from] = [y * width, other * width];
      for (let x = 0; x < width; x++) if (across[from + x]! > result[to + x]!) result[to + x] = across[from + x]!;
    }
  return result;
}

/** Fills dark gaps narrower than 2 x radius + 1 pixels: dilation, then erosion. */
export const close = (bytes: Bytes, width: number, height: number, radius: number): Bytes =>
  erode(dilate(bytes, width, height, radius), width, height, radius);
