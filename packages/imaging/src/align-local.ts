import type { Pyramid } from './align-affine.ts';
import type { Plane } from './picture.ts';
import { type Transform, warp } from './warp.ts';

/** Small shifts on a grid over a picture, bilinear between the nodes: what an affine transform leaves, such as a stretched print. */
export interface ShiftField {
  readonly columns: number;
  readonly rows: number;
  /** Pixels between two nodes; the first lies at half of it. */
  readonly spacing: number;
  /** Pixels, row by row: what lies at (x, y) of the reference lies at (x + dx, y + dy) of the aligned picture. */
  readonly dx: Float32Array;
  readonly dy: Float32Array;
}

export interface LocalAlignOptions {
  /** Pixels between two nodes; nothing smaller than it bends the field. */
  readonly spacing?: number;
  /** Most pixels that a node is shifted. */
  readonly limit?: number;
  readonly iterations?: number;
}

/**
 * The shifts that are left after `transform` between a reference and a picture: Lucas and Kanade (1981) in overlapping tents
 * around the nodes, held towards no shift where there is little to see, with errors cut so that a defect pulls little. Computed
 * on the finest level that both have; pixels are those of the whole pictures.
 */
export function alignLocal(
  reference: Pyramid,
  picture: Pyramid,
  transform: Transform,
  options: LocalAlignOptions = {},
): ShiftField {
  const { spacing = 64, limit = 4, iterations = 3 } = options;
  const [{ plane, scale }, other] = [reference.levels.at(-1)!, picture.levels.at(-1)!];
  const [a, b, c, d, e, f] = transform;
  const ratio = other.scale / scale;
  const moved: Transform = [a * ratio, b * ratio, c * other.scale, d * ratio, e * ratio, f * other.scale, 0, 0, 1];
  const columns = Math.max(1, Math.ceil(reference.width / spacing));
  const rows = Math.max(1, Math.ceil(reference.height / spacing));
  const dx = new Float32Array(columns * rows);
  const dy = new Float32Array(columns * rows);
  const field: ShiftField = { columns, rows, spacing: spacing * scale, dx, dy };
  for (let round = 0; round < iterations; round++)
    improve(field, plane, warpLocally(other.plane, plane.width, plane.height, moved, field), limit * scale);
  const whole = (shifts: Float32Array) => shifts.map((shift) => shift / scale);
  return { columns, rows, spacing, dx: whole(dx), dy: whole(dy) };
}

function improve(field: ShiftField, reference: Plane, seen: Plane, limit: number): void {
  const { columns, rows, spacing, dx, dy } = field;
  const { width, height, data } = reference;
  let total = 0;
  for (let at = 0; at < data.length; at++) total += Math.abs(seen.data[at]! - data[at]!);
  const cut = (2 * total) / data.length + 0.02;
  const sums = Array.from({ length: 5 }, () => new Float64Array(columns * rows));
  const [xx, xy, yy, xe, ye] = sums as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  for (let y = 1; y < height - 1; y++) {
    const v = Math.min(Math.max((y + 0.5) / spacing - 0.5, 0), rows - 1);
    const top = Math.min(Math.floor(v), Math.max(rows - 2, 0));
    const down = v - top;
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const gx = (data[at + 1]! - data[at - 1]!) / 2;
      const gy = (data[at + width]! - data[at - width]!) / 2;
      if (gx * gx + gy * gy < 1e-4) continue;
      const raw = data[at]! - seen.data[at]!;
      const error = Math.abs(raw) > cut * 8 ? Math.sign(raw) * cut * 8 : raw;
      const u = Math.min(Math.max((x + 0.5) / spacing - 0.5, 0), columns - 1);
      const left = Math.min(Math.floor(u), Math.max(columns - 2, 0));
      const right = u - left;
      for (let corner = 0; corner < 4; corner++) {
        const weight = (corner & 1 ? right : 1 - right) * (corner & 2 ? down : 1 - down);
        if (weight === 0) continue;
        const node = (top + (corner >> 1)) * columns + left + (corner & 1);
        xx[node]! += weight * gx * gx;
        xy[node]! += weight * gx * gy;
        yy[node]! += weight * gy * gy;
        xe[node]! += weight * gx * error;
        ye[node]! += weight * gy * error;
      }
    }
  }
  const hold = spacing * 0.02;
  for (let node = 0; node < dx.length; node++) {
    const p = xx[node]! + hold;
    const q = yy[node]! + hold;
    const determinant = p * q - xy[node]! ** 2;
    const stepX = (q * xe[node]! - xy[node]! * ye[node]!) / determinant;
    const stepY = (p * ye[node]! - xy[node]! * xe[node]!) / determinant;
    dx[node] = Math.min(Math.max(dx[node]! + stepX, -limit), limit);
    dy[node] = Math.min(Math.max(dy[node]! + stepY, -limit), limit);
  }
}

/** As `warp`, with the shifts of a field added before the transform. */
export function warpLocally(
  plane: Plane,
  width: number,
  height: number,
  transform: Transform,
  { columns, rows, spacing, dx, dy }: ShiftField,
): Plane {
  if (columns * rows === 1 && dx[0] === 0 && dy[0] === 0) return warp(plane, width, height, transform);
  const [a, b, c, d, e, f] = transform;
  const { width: from, height: tall, data } = plane;
  const result = new Float32Array(width * height);
  const across = new Float32Array(columns);
  const along = new Float32Array(columns);
  const lefts = new Uint16Array(width);
  const parts = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const u = Math.min(Math.max((x + 0.5) / spacing - 0.5, 0), columns - 1);
    lefts[x] = Math.min(Math.floor(u), Math.max(columns - 2, 0));
    parts[x] = u - lefts[x]!;
  }
  const stepX = from > 1 ? 1 : 0;
  const stepY = tall > 1 ? from : 0;
  for (let y = 0; y < height; y++) {
    const v = Math.min(Math.max((y + 0.5) / spacing - 0.5, 0), rows - 1);
    const top = Math.min(Math.floor(v), Math.max(rows - 2, 0));
    const down = v - top;
    const below = Math.min(top + 1, rows - 1);
    for (let column = 0; column < columns; column++) {
      across[column] = dx[top * columns + column]! * (1 - down) + dx[below * columns + column]! * down;
      along[column] = dy[top * columns + column]! * (1 - down) + dy[below * columns + column]! * down;
    }
    for (let x = 0; x < width; x++) {
      const left = lefts[x]!;
      const right = Math.min(left + 1, columns - 1);
      const part = parts[x]!;
      const px = x + across[left]! + (across[right]! - across[left]!) * part;
      const py = y + along[left]! + (along[right]! - along[left]!) * part;
      const sx = Math.min(Math.max(a * px + b * py + c, 0), from - 1);
      const sy = Math.min(Math.max(d * px + e * py + f, 0), tall - 1);
      const ix = Math.min(sx | 0, Math.max(from - 2, 0));
      const iy = Math.min(sy | 0, Math.max(tall - 2, 0));
      const fx = sx - ix;
      const fy = sy - iy;
      const at = iy * from + ix;
      const upper = data[at]! + (data[at + stepX]! - data[at]!) * fx;
      const lower = data[at + stepY]! + (data[at + stepY + stepX]! - data[at + stepY]!) * fx;
      result[y * width + x] = upper + (lower - upper) * fy;
    }
  }
  return { width, height, data: result };
}
