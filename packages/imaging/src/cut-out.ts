import type { Picture, Plane, Region } from './picture.ts';

/** What lies in a region, which is of whole pixels and within the plane. */
export function cutPlane({ width, data }: Plane, region: Region): Plane {
  const cut = new Float32Array(region.width * region.height);
  copyRows(data, width, region, cut);
  return { width: region.width, height: region.height, data: cut };
}

/** What lies in a region, which is of whole pixels and within the picture. */
export function cutPicture({ width, channels, depth, data }: Picture, region: Region): Picture {
  const cut = new (depth === 16 ? Uint16Array : Uint8Array)(region.width * region.height * channels);
  const { x, y, height } = region;
  copyRows(data, width * channels, { x: x * channels, y, width: region.width * channels, height }, cut);
  return { width: region.width, height, channels, depth, data: cut };
}

function copyRows(
  from: Float32Array | Uint8Array | Uint16Array,
  length: number,
  { x, y, width, height }: Region,
  to: Float32Array | Uint8Array | Uint16Array,
): void {
  for (let row = 0; row < height; row++) {
    const start = (y + row) * length + x;
    to.set(from.subarray(start, start + width), row * width);
  }
}
