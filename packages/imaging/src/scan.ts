import type { Plane } from './picture.ts';
import type { Point } from './points.ts';
import { sampleAt } from './sample.ts';

/** A rectangle that is scanned for edges. */
export interface ScanRectangle {
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  /** Direction of the scan, degrees clockwise from the x axis as one sees the picture (y points down). */
  readonly angle: number;
  /** Pixels along the scan. */
  readonly length: number;
  /** Pixels across it. */
  readonly width: number;
}

/** One scan: mean brightness at steps of one pixel, and where a place of it lies in the picture. */
export interface Scan {
  readonly profile: Float64Array;
  placeOf(position: number): Point;
}

/** Scans side by side that together cover the rectangle, each the mean over its own share of the width. */
export function scanRectangle(plane: Plane, rectangle: ScanRectangle, strips: number): Scan[] {
  const { x, y, angle, length, width } = rectangle;
  const [cos, sin] = unit(angle);
  const samples = Math.max(Math.round(length), 1) + 1;
  const share = width / strips;
  const lines = Math.max(Math.round(share), 1);
  return Array.from({ length: strips }, (_, strip) => {
    const middle = (strip + 0.5) * share - width / 2;
    const placeAt = (along: number, across: number): Point => ({
      x: x + (along - (samples - 1) / 2) * cos - across * sin,
      y: y + (along - (samples - 1) / 2) * sin + across * cos,
    });
    const profile = new Float64Array(samples);
    for (let line = 0; line < lines; line++) {
      const across = middle + ((line + 0.5) / lines - 0.5) * share;
      for (let at = 0; at < samples; at++) {
        const place = placeAt(at, across);
        profile[at]! += sampleAt(plane, place.x, place.y) / lines;
      }
    }
    return { profile, placeOf: (position) => placeAt(position, middle) };
  });
}

/** A ring, or a part of one, that is scanned from its inner to its outer radius. */
export interface ScanRing {
  readonly x: number;
  readonly y: number;
  readonly inner: number;
  readonly outer: number;
  /** Degrees clockwise from the x axis; the whole ring where they are 360 apart. */
  readonly from: number;
  readonly to: number;
}

/** Scans outwards, each the mean over a small arc of about `breadth` pixels, along which it follows the ring. */
export function scanRing(plane: Plane, ring: ScanRing, rays: number, breadth = 3): Scan[] {
  const { x, y, inner, outer, from, to } = ring;
  const samples = Math.max(Math.round(outer - inner), 1) + 1;
  const whole = Math.abs(to - from) >= 360;
  const middleRadius = Math.max((inner + outer) / 2, 1);
  return Array.from({ length: rays }, (_, ray) => {
    const angle = from + ((to - from) * (whole ? ray : rays === 1 ? 0.5 : ray / (rays - 1))) / (whole ? rays : 1);
    const profile = new Float64Array(samples);
    for (let line = 0; line < breadth; line++) {
      const aside = (((line - (breadth - 1) / 2) / middleRadius) * 180) / Math.PI;
      const [cos, sin] = unit(angle + aside);
      for (let at = 0; at < samples; at++)
        profile[at]! += sampleAt(plane, x + (inner + at) * cos, y + (inner + at) * sin) / breadth;
    }
    const [cos, sin] = unit(angle);
    return {
      profile,
      placeOf: (position) => ({ x: x + (inner + position) * cos, y: y + (inner + position) * sin }),
    };
  });
}

/** Whole right angles give exact zeros and ones, so that a scan along the rows samples whole pixels. */
function unit(degrees: number): [number, number] {
  const turned = ((degrees % 360) + 360) % 360;
  if (turned % 90 === 0)
    return (
      [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ] as const
    )[turned / 90]! as [number, number];
  const radians = (turned * Math.PI) / 180;
  return [Math.cos(radians), Math.sin(radians)];
}
