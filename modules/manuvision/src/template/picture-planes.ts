import { greyPlane, type Picture, type Plane } from '@millwright/imaging';

/** Brightness alone, or red, green and blue, each 0 to 1. A grey picture has three like ones where three are asked for. */
export function picturePlanes(picture: Picture, channels: number): readonly Plane[] {
  if (channels === 1) return [greyPlane(picture)];
  const { width, height, depth, data } = picture;
  if (picture.channels === 1) {
    const grey = greyPlane(picture);
    return [grey, grey, grey];
  }
  const scale = 1 / (depth === 16 ? 65_535 : 255);
  return [0, 1, 2].map((channel) => {
    const values = new Float32Array(width * height);
    for (let at = 0, from = channel; at < values.length; at++, from += 3) values[at] = data[from]! * scale;
    return { width, height, data: values };
  });
}

export const planeOf = (bytes: Uint8Array, width: number, height: number): Plane => ({
  ...{ width, height },
  data: Float32Array.from(bytes, (value) => value / 255),
});

/** 0 to 1 as 0 to 255; what lies beyond is cut. */
export function bytesOf({ data }: Plane): Uint8Array {
  const bytes = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at++) bytes[at] = data[at]! * 255;
  return new Uint8Array(bytes.buffer);
}
