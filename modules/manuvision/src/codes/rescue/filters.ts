import {
  dilate,
  discKernel,
  erode,
  gaussianBlur,
  lineKernel,
  localStatistics,
  localThreshold,
  type Plane,
  resizePlane,
  richardsonLucy,
  unsharpMask,
} from '@millwright/imaging';
import type { Attempt } from '../code-read.ts';
import type { WorkArea } from '../work-area.ts';

/** Small pictures are enlarged up to about this many pixels to a side. */
const enlargedTo = 420;

/** Costs of a pixel in the budget's milliseconds, measured on one core of a usual machine. */
const perPixel = { light: 4e-5, heavy: 2e-3 };

type Filter = readonly [name: string, weight: keyof typeof perPixel, apply: (plane: Plane) => Plane];

/** Looks at the same pixels through filters, the cheap ones first. */
export function* filterAttempts({ plane, toPicture, steps }: WorkArea): Generator<Attempt> {
  const scale = Math.min(4, Math.max(1, Math.floor(enlargedTo / Math.max(plane.width, plane.height))));
  const large = scale === 1 ? plane : enlarge(plane, scale);
  const grown = scale === 1 ? [] : [`enlarge ${scale}x`];
  const back = (x: number, y: number) => toPicture(x / scale, y / scale);
  const pixels = large.width * large.height;
  const attempt = (name: string | null, weight: keyof typeof perPixel, seen: Plane): Attempt => ({
    steps: [...steps, ...grown, ...(name ? [name] : [])],
    ...{ plane: seen, toPicture: back, mostConfidence: 0.95, cost: pixels * perPixel[weight] },
  });
  if (scale > 1) yield attempt(null, 'light', large);
  for (const [name, weight, apply] of filters(scale)) yield attempt(name, weight, apply(large));
}

/** Enlarging by area keeps blocks, which the decoder takes for edges: the blur makes them smooth again. */
export const enlarge = (plane: Plane, scale: number): Plane =>
  gaussianBlur(resizePlane(plane, plane.width * scale, plane.height * scale), scale * 0.3);

/** @param scale pixels of the enlarged picture for one of the camera's */
function filters(scale: number): Filter[] {
  const px = Math.max(scale, 1);
  return [
    ['flatten', 'light', (plane) => flatten(plane, 24 * px)],
    ['denoise', 'light', (plane) => flatten(gaussianBlur(plane, 1.2 * px), 24 * px)],
    ['sharpen', 'light', (plane) => clipped(unsharpMask(flatten(plane, 24 * px), 2 * px, 2))],
    [
      'sauvola threshold',
      'light',
      (plane) => localThreshold(gaussianBlur(plane, 0.7 * px), { method: 'sauvola', radius: 12 * px, k: 0.2 }),
    ],
    [
      'wolf threshold',
      'light',
      (plane) => localThreshold(gaussianBlur(plane, 0.7 * px), { method: 'wolf', radius: 20 * px, k: 0.3 }),
    ],
    ['close dots', 'light', (plane) => closeDots(plane, Math.round(1.5 * px), Math.round(0.5 * px))],
    ['invert', 'light', (plane) => ({ ...plane, data: plane.data.map((value) => 1 - value) })],
  ];
}

/** Deconvolution with blurs that are tried one after the other: a disc, then lines of several lengths and directions. */
export function* deblurAttempts({ plane, toPicture, steps }: WorkArea): Generator<Attempt> {
  const flat = flatten(plane, 24);
  const cost = plane.width * plane.height * perPixel.heavy;
  const attempt = (name: string, seen: Plane): Attempt => {
    const large = enlarge(clipped(seen), 2);
    const back = (x: number, y: number) => toPicture(x / 2, y / 2);
    return {
      steps: [...steps, 'flatten', name, 'enlarge 2x'],
      plane: large,
      toPicture: back,
      mostConfidence: 0.9,
      cost,
    };
  };
  for (const radius of [2, 3.5, 5])
    yield attempt(`deblur disc ${radius}`, richardsonLucy(flat, discKernel(radius), 12));
  for (const length of [6, 10])
    for (let step = 0; step < 6; step++) {
      const name = `deblur motion ${length} px ${step * 30} degrees`;
      yield attempt(name, richardsonLucy(flat, lineKernel(length, (step * Math.PI) / 6), 10));
    }
}

/** Dark dots grow into each other, then shrink again by less. */
function closeDots(plane: Plane, grow: number, shrink: number): Plane {
  const { width, height } = plane;
  const bytes = Uint8Array.from(plane.data, (value) => value * 255);
  const joined = dilate(erode(bytes, width, height, grow), width, height, shrink);
  return { ...plane, data: Float32Array.from(joined, (value) => value / 255) };
}

/** Takes uneven light away: mean and contrast of the surroundings become the same everywhere. 0 to 1. */
export function flatten(plane: Plane, radius: number): Plane {
  const { mean, deviation } = localStatistics(plane, Math.round(radius));
  let all = 0;
  for (const value of deviation) all += value;
  // Where there is next to no contrast there is only noise, which must not be made large.
  const least = (all / deviation.length) * 0.4 + 1e-4;
  const data = plane.data.map((value, at) => {
    const part = (value - mean[at]!) / Math.max(deviation[at]!, least);
    return Math.min(Math.max(0.5 + part / 4, 0), 1);
  });
  return { ...plane, data };
}

export const clipped = (plane: Plane): Plane => ({
  ...plane,
  data: plane.data.map((value) => Math.min(Math.max(value, 0), 1)),
});
