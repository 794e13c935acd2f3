import type { PinholeCamera } from './camera.ts';
import type { Canvas } from './canvas.ts';
import { ambient, lightSeen } from './light.ts';
import { type Colour, dot, minus, unit, type Vector } from './vector.ts';

/** A rounded body between two points: an arm, a trunk, a head, a wheel. */
export interface Limb {
  readonly from: Vector;
  readonly to: Vector;
  /** Half its width in metres at even steps from one end to the other; two or more. Ends are round. */
  readonly radii: readonly number[];
  /** How round its ends are, in shares of the radius there: 1 a half circle, 0 cut off. */
  readonly ends?: readonly [number, number];
  /** Moves it nearer to the camera than it is, in metres: what is worn over something else. */
  readonly lift?: number;
  /** `along` 0 to 1 from one end to the other, `across` -1 to 1 from left to right seen from `from` to `to`. */
  readonly colour: Colour | ((along: number, across: number) => Colour);
}

/** Draws a limb as a surface of revolution seen from the side, lit by its normals. */
export function drawLimb(canvas: Canvas, camera: PinholeCamera, limb: Limb, owner: number): void {
  const { radii, colour, lift = 0, ends = [1, 1] } = limb;
  // Seen along its axis even a cut end is round: it shows its whole disc.
  const disc = foreshortening(camera, limb);
  const a = camera.project(limb.from);
  const b = camera.project(limb.to);
  const last = radii.length - 1;
  const [capA, capB] = [
    radii[0]! * a.scale * Math.max(ends[0], disc),
    radii[last]! * b.scale * Math.max(ends[1], disc),
  ];
  const widest = Math.max(...radii) * Math.max(a.scale, b.scale) + 1;
  const area = canvas.claim(
    Math.min(a.x, b.x) - widest,
    Math.min(a.y, b.y) - widest,
    Math.max(a.x, b.x) + widest,
    Math.max(a.y, b.y) + widest,
  );
  if (!area) return;
  let [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy);
  if (length < 1e-3) [dx, dy] = [0, 1];
  else [dx, dy] = [dx / length, dy / length];
  const { width, colour: pixels, depth, owner: owners } = canvas;
  for (let y = area.top; y < area.bottom; y++)
    for (let x = area.left; x < area.right; x++) {
      const [px, py] = [x + 0.5 - a.x, y + 0.5 - a.y];
      const along = px * dx + py * dy;
      const across = dx * py - dy * px;
      let part = length < 1e-3 ? 0 : along / length;
      let tip = 0;
      if (along < 0) {
        if (along <= -capA || capA <= 0) continue;
        tip = along / capA;
        part = 0;
      } else if (along > length) {
        if (along - length >= capB || capB <= 0) continue;
        tip = (along - length) / capB;
        part = 1;
      }
      const step = Math.min(last - 1, Math.floor(part * last));
      const metres = radii[step]! + (radii[step + 1]! - radii[step]!) * (part * last - step);
      const radius = metres * (a.scale + (b.scale - a.scale) * part) * Math.sqrt(1 - tip * tip);
      const side = across / radius;
      const rest = 1 - side * side;
      if (!(rest > 0)) continue;
      const bulge = Math.sqrt(rest);
      const far = a.depth + (b.depth - a.depth) * part - metres * bulge - lift;
      const at = y * width + x;
      if (far >= depth[at]!) continue;
      depth[at] = far;
      owners[at] = owner;
      // Of the normal in the picture: across the limb, and along it at its round ends.
      const flat = Math.sqrt(1 - tip * tip);
      const nx = -dy * side * flat + dx * tip;
      const ny = dx * side * flat + dy * tip;
      const cosine = nx * lightSeen[0] - ny * lightSeen[1] + bulge * flat * lightSeen[2];
      const lit = ambient + (1.12 - ambient) * Math.max(0, cosine);
      const [red, green, blue] = typeof colour === 'function' ? colour(part, side) : colour;
      pixels[at * 3] = red * lit;
      pixels[at * 3 + 1] = green * lit;
      pixels[at * 3 + 2] = blue * lit;
    }
}

/** 0 seen from the side, 1 along its axis. */
function foreshortening({ position }: PinholeCamera, { from, to }: Limb): number {
  const axis = minus(to, from);
  const length = Math.hypot(...axis);
  return length < 1e-6 ? 1 : Math.abs(dot(axis, unit(minus(position, from)))) / length;
}
