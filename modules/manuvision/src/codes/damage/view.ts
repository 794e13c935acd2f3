import { gaussianBlur, type Plane, sampleAt } from '@millwright/imaging';
import { type CodeSheet, sheetScale } from './code-sheet.ts';
import type { DamageStrength } from './damage.ts';
import type { Random } from './random.ts';

/** Distance of the camera, as a multiple of the code's size. */
const distance = 3;
const ground = 0.72;

/** What a camera sees of the sheet: turned, tilted or bent, at the asked pixels of a module. Brightness 0 to 1. */
export function viewOf(sheet: CodeSheet, strength: DamageStrength, usualModuleSize: number, random: Random): Plane {
  const moduleSize = strength.moduleSize ?? usualModuleSize;
  const turn = (((strength.rotation ?? 0) * (random.next() < 0.5 ? -1 : 1) + random.between(-2, 2)) * Math.PI) / 180;
  const tilt = ((strength.tilt ?? 0) * Math.PI) / 180;
  // The axis that it is tilted about, anywhere in the plane.
  const axis = random.between(0, 2 * Math.PI);
  const bend = ((strength.cylinder ?? 0) * Math.PI) / 180;
  const alongX = random.next() < 0.5;
  const half = Math.max(sheet.width, sheet.height) / 2;
  const place = placer({ turn, tilt, axis, bend, alongX, half, width: sheet.width, height: sheet.height });
  const corners = outline(sheet).map(([x, y]) => place(x, y));
  const reach = (index: 0 | 1) => Math.max(...corners.map((corner) => Math.abs(corner[index])));
  const margin = 1.5 * Math.max(2, half / 12);
  const width = Math.ceil((reach(0) + margin) * 2 * moduleSize);
  const height = Math.ceil((reach(1) + margin) * 2 * moduleSize);
  const plane = { width, height, data: new Float32Array(width * height).fill(Number.NaN) };
  splat(sheet, place, plane, moduleSize);
  for (let at = 0; at < plane.data.length; at++)
    if (Number.isNaN(plane.data[at]!)) plane.data[at] = ground + random.normal() * 0.03 * (0.3 + (strength.metal ?? 0));
  return plane;
}

interface Placement {
  readonly turn: number;
  readonly tilt: number;
  readonly axis: number;
  readonly bend: number;
  readonly alongX: boolean;
  readonly half: number;
  readonly width: number;
  readonly height: number;
}

/** From modules of the sheet, its middle at 0, to modules of the picture, its middle at 0. */
function placer({ turn, tilt, axis, bend, alongX, half, width, height }: Placement) {
  const focal = distance * half;
  return (x: number, y: number): readonly [number, number, number] => {
    let [px, py, pz] = [x, y, 0];
    if (bend > 0) {
      const extent = (alongX ? width : height) / 2;
      const radius = extent / bend;
      const angle = (alongX ? x : y) / radius;
      if (alongX) px = Math.sin(angle) * radius;
      else py = Math.sin(angle) * radius;
      pz = (1 - Math.cos(angle)) * radius;
    }
    // Turned in the plane, then tilted about the axis (Rodrigues).
    [px, py] = [px * Math.cos(turn) - py * Math.sin(turn), px * Math.sin(turn) + py * Math.cos(turn)];
    const [ax, ay] = [Math.cos(axis), Math.sin(axis)];
    const along = px * ax + py * ay;
    const across = -px * ay + py * ax;
    const [across2, depth] = [
      across * Math.cos(tilt) - pz * Math.sin(tilt),
      across * Math.sin(tilt) + pz * Math.cos(tilt),
    ];
    px = along * ax - across2 * ay;
    py = along * ay + across2 * ax;
    const scale = focal / (focal + depth);
    return [px * scale, py * scale, depth];
  };
}

function outline({ width, height }: CodeSheet): [number, number][] {
  const points: [number, number][] = [];
  for (let step = 0; step <= 20; step++) {
    const x = (step / 20 - 0.5) * width;
    const y = (step / 20 - 0.5) * height;
    points.push([x, -height / 2], [x, height / 2], [-width / 2, y], [width / 2, y]);
  }
  return points;
}

/** Fills the picture by small quads of the sheet, each pixel by the mean of what it covers. */
function splat(sheet: CodeSheet, place: ReturnType<typeof placer>, plane: Plane, moduleSize: number): void {
  // Every module is cut into pieces of about a third of a pixel, whose light is added where they land.
  const step = Math.min(1 / sheetScale, 1 / (moduleSize * 3));
  const sum = new Float64Array(plane.data.length);
  const weight = new Float64Array(plane.data.length);
  const columns = Math.round(sheet.width / step);
  const rows = Math.round(sheet.height / step);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const x = ((column + 0.5) / columns) * sheet.width;
      const y = ((row + 0.5) / rows) * sheet.height;
      const [px, py] = place(x - sheet.width / 2, y - sheet.height / 2);
      const ix = Math.floor(px * moduleSize + plane.width / 2);
      const iy = Math.floor(py * moduleSize + plane.height / 2);
      if (ix < 0 || iy < 0 || ix >= plane.width || iy >= plane.height) continue;
      const at = iy * plane.width + ix;
      sum[at]! += sampleAt(sheet.plane, x * sheetScale - 0.5, y * sheetScale - 0.5);
      weight[at]!++;
    }
  for (let at = 0; at < sum.length; at++) if (weight[at]! > 0) plane.data[at] = sum[at]! / weight[at]!;
  // A lens is never perfectly sharp.
  plane.data.set(gaussianBlur({ ...plane, data: filled(plane) }, 0.5).data);
}

/** Places that no piece reached take the ground. */
const filled = ({ data }: Plane) => data.map((value) => (Number.isNaN(value) ? ground : value));
