import { fillShapes } from './fill-shapes.ts';
import type { MaskShape } from './shape.ts';

export interface MaskOutlines {
  /** Around each piece of the mask along the edges of its pixels, x and y in turn: filled, it is the piece again, without holes. */
  readonly outer: readonly (readonly number[])[];
  /** How many holes the pieces have, which an outline cannot say. */
  readonly holes: number;
}

/**
 * Outlines of a mask along the edges of its pixels ("crack following", Rosenfeld and Kak 1982). Pixels that meet only at a corner
 * are two pieces, so that no outline crosses itself.
 */
export function outlinesOfMask(mask: MaskShape): MaskOutlines {
  const { x: left, y: top, width, height } = mask;
  const { data } = fillShapes([{ ...mask, x: 0, y: 0 }], width, height);
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] === 1;
  // Upper edges of pixels, walked from left to right with the inside on the right hand.
  const done = new Uint8Array(width * height);
  const outer: number[][] = [];
  let holes = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!inside(x, y) || inside(x, y - 1) || done[y * width + x]) continue;
      const points = follow(x, y, inside, (px, py) => {
        done[py * width + px] = 1;
      });
      if (signedArea(points) > 0) outer.push(points.map((value, at) => value + (at % 2 === 0 ? left : top)));
      else holes++;
    }
  return { outer, holes };
}

const steps = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** Walks once around, turning right where it can, from the upper left corner of a pixel whose upper edge is one of the mask. */
function follow(
  startX: number,
  startY: number,
  inside: (x: number, y: number) => boolean,
  passUpperEdge: (x: number, y: number) => void,
): number[] {
  const points: number[] = [];
  let [x, y, way] = [startX, startY, 0];
  do {
    if (way === 0) passUpperEdge(x, y);
    const [dx, dy] = steps[way]!;
    [x, y] = [x + dx, y + dy];
    // The two pixels ahead of the corner: right and left of the way.
    const right = ahead(x, y, way, 'right');
    const left = ahead(x, y, way, 'left');
    const turn = !inside(...right) ? 1 : inside(...left) ? 3 : 0;
    if (turn !== 0) points.push(x, y);
    way = (way + turn) % 4;
  } while (x !== startX || y !== startY || way !== 0);
  return points;
}

function ahead(x: number, y: number, way: number, side: 'left' | 'right'): [number, number] {
  const pixels: readonly (readonly [readonly [number, number], readonly [number, number]])[] = [
    // Right and left pixel beyond the corner when walking right, down, left, up.
    [
      [0, 0],
      [0, -1],
    ],
    [
      [-1, 0],
      [0, 0],
    ],
    [
      [-1, -1],
      [-1, 0],
    ],
    [
      [0, -1],
      [-1, -1],
    ],
  ];
  const [dx, dy] = pixels[way]![side === 'right' ? 0 : 1];
  return [x + dx, y + dy];
}

/** Above 0 where the points run around with the inside on the right hand, y down. */
function signedArea(points: readonly number[]): number {
  let twice = 0;
  for (let at = 0; at < points.length; at += 2) {
    const next = (at + 2) % points.length;
    twice += points[at]! * points[next + 1]! - points[next]! * points[at + 1]!;
  }
  return twice / 2;
}
