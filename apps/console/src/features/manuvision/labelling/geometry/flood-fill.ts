import { type Spans, spansFrom } from './spans.ts';

/** Pixels as a canvas gives them: red, green, blue, opacity. */
export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

export type Colour = readonly [red: number, green: number, blue: number];

export function colourAt({ data, width }: Pixels, x: number, y: number): Colour {
  const at = (y * width + x) * 4;
  return [data[at]!, data[at + 1]!, data[at + 2]!];
}

/** Whether no channel of the pixel at `at` is further than `tolerance` (0 to 255) from a colour. */
export const isAlike = (...[data, at, [red, green, blue], tolerance]: [Uint8ClampedArray, number, Colour, number]) =>
  Math.abs(data[at]! - red) <= tolerance &&
  Math.abs(data[at + 1]! - green) <= tolerance &&
  Math.abs(data[at + 2]! - blue) <= tolerance;

/**
 * What is connected with a pixel (by its sides) and no further than `tolerance` from its colour.
 * Scan lines on a stack (Smith, Tint Fill, SIGGRAPH 1979): one entry for each piece of a row, not for each pixel.
 */
export function floodFill(pixels: Pixels, x: number, y: number, tolerance: number): Spans {
  const { data, width, height } = pixels;
  const colour = colourAt(pixels, x, y);
  const filled = new Uint8Array(width * height);
  const isLike = (at: number) => filled[at] === 0 && isAlike(data, at * 4, colour, tolerance);
  const waiting: number[] = [y * width + x];
  while (waiting.length > 0) {
    const seed = waiting.pop()!;
    if (!isLike(seed)) continue;
    const line = Math.floor(seed / width) * width;
    let left = seed;
    while (left > line && isLike(left - 1)) left -= 1;
    let right = seed;
    while (right < line + width - 1 && isLike(right + 1)) right += 1;
    filled.fill(1, left, right + 1);
    for (const next of [-width, width]) {
      if (line + next < 0 || line + next >= width * height) continue;
      let wasLike = false;
      for (let at = left + next; at <= right + next; at += 1) {
        const is = isLike(at);
        if (is && !wasLike) waiting.push(at);
        wasLike = is;
      }
    }
  }
  return spansOf(filled, width, height, 0, 0);
}

/** Spans of the pixels that are not 0, moved by so much. */
export function spansOf(...[marks, width, height, dx, dy]: [Uint8Array, number, number, number, number]): Spans {
  const rows = Array.from({ length: height }, (_, y) => {
    const row: number[] = [];
    let before = 0;
    for (let x = 0; x < width; x += 1) {
      const now = marks[y * width + x] === 0 ? 0 : 1;
      if (now !== before) row.push(x + dx);
      before = now;
    }
    if (before === 1) row.push(width + dx);
    return row;
  });
  return spansFrom(dy, rows);
}
