import type { Picture, Plane } from '@millwright/imaging';

export type ColourPlanes = readonly [red: Plane, green: Plane, blue: Plane];

/** Red, green and blue of a picture as planes of 0 to 255; a grey picture gives the same three times. */
export function colourPlanes({ width, height, channels, depth, data }: Picture): ColourPlanes {
  // 65,535 / 255 = 257
  const scale = depth === 16 ? 1 / 257 : 1;
  const plane = (channel: number): Plane => {
    const values = new Float32Array(width * height);
    for (let at = 0; at < values.length; at++) values[at] = data[at * channels + channel]! * scale;
    return { width, height, data: values };
  };
  if (channels === 3) return [plane(0), plane(1), plane(2)];
  const grey = plane(0);
  return [grey, grey, grey];
}

/** Each of the three planes changed in the same way. */
export const mapPlanes = ([red, green, blue]: ColourPlanes, change: (plane: Plane) => Plane): ColourPlanes => [
  change(red),
  change(green),
  change(blue),
];
