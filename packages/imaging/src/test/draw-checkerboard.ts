import { type Camera, directionOf, type Pose, rotationMatrix } from '../camera.ts';
import { gaussianBlur } from '../gaussian-blur.ts';
import { invertTransform } from '../homography.ts';
import type { Plane } from '../picture.ts';
import { resizePlane } from '../resize.ts';
import type { Transform } from '../warp.ts';
import { withNoise } from './draw.ts';

export interface BoardDrawing {
  readonly width: number;
  readonly height: number;
  /** Squares in a row, and rows of them. */
  readonly columns: number;
  readonly rows: number;
  /** Side of a square, in the pose's unit. The board's origin is its first inner corner. */
  readonly square: number;
  readonly camera: Camera;
  readonly pose: Pose;
  readonly blur?: number;
  readonly noise?: number;
  readonly seed?: number;
}

/** Draws a checkerboard on a bright ground as a known camera sees it. */
export function drawCheckerboard(drawing: BoardDrawing): Plane {
  const { width, height, columns, rows, square, camera, pose, blur = 0.6, noise = 0, seed = 1 } = drawing;
  const m = rotationMatrix(pose.rotation);
  const [tx, ty, tz] = pose.translation;
  const toBoard = invertTransform([m[0]!, m[1]!, tx, m[3]!, m[4]!, ty, m[6]!, m[7]!, tz] as Transform)!;
  const fine = 4;
  const [wide, high] = [width * fine, height * fine];
  const data = new Float32Array(wide * high);
  const places = directionMap(camera, width, height);
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++) {
      const { x: dx, y: dy } = places((x + 0.5) / fine - 0.5, (y + 0.5) / fine - 0.5);
      const w = toBoard[6] * dx + toBoard[7] * dy + toBoard[8];
      const u = (toBoard[0] * dx + toBoard[1] * dy + toBoard[2]) / w / square + 1;
      const v = (toBoard[3] * dx + toBoard[4] * dy + toBoard[5]) / w / square + 1;
      const outside = u < 0 || v < 0 || u >= columns || v >= rows;
      // How much of a square a cell of the drawing covers, so that edges are averaged over it.
      const cell = Math.abs(1 / w) / ((camera.fx + camera.fy) / 2) / fine / square;
      data[y * wide + x] = outside ? 0.8 : 0.475 + 0.325 * changing(u, cell) * changing(v, cell);
    }
  return withNoise(
    resizePlane(gaussianBlur({ width: wide, height: high, data }, blur * fine), width, height),
    noise,
    seed,
  );
}

/** -1 in squares of even number, 1 in odd ones, with a ramp of a cell's width between; its product is a checkerboard. */
function changing(place: number, cell: number): number {
  const line = Math.round(place);
  const side = Math.min(Math.max((2 * (place - line)) / cell, -1), 1);
  return line % 2 === 0 ? -side : side;
}

/** Directions at whole pixels, bilinear between: the distortion is smooth, and its inverse is slow. */
function directionMap(camera: Camera, width: number, height: number) {
  const wide = width + 2;
  const xs = new Float64Array(wide * (height + 2));
  const ys = new Float64Array(xs.length);
  for (let y = 0; y < height + 2; y++)
    for (let x = 0; x < wide; x++) {
      const direction = directionOf(camera, { x: x - 1, y: y - 1 });
      xs[y * wide + x] = direction.x;
      ys[y * wide + x] = direction.y;
    }
  return (x: number, y: number) => {
    const left = Math.floor(x + 1);
    const top = Math.floor(y + 1);
    const [fx, fy] = [x + 1 - left, y + 1 - top];
    const at = top * wide + left;
    const mix = (values: Float64Array) =>
      (values[at]! * (1 - fx) + values[at + 1]! * fx) * (1 - fy) +
      (values[at + wide]! * (1 - fx) + values[at + wide + 1]! * fx) * fy;
    return { x: mix(xs), y: mix(ys) };
  };
}
