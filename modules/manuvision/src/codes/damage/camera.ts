import { convolve, discKernel, lineKernel, type Picture, type Plane } from '@millwright/imaging';
import type { DamageStrength } from './damage.ts';
import type { Random } from './random.ts';

/** Light, lens, shutter and sensor: what lies between a code and its picture. Grey of 8 bits. */
export function photograph(view: Plane, strength: DamageStrength, moduleSize: number, random: Random): Picture {
  let plane: Plane = { ...view, data: Float32Array.from(view.data) };
  if (strength.light || strength.glare) illuminate(plane, strength.light ?? 0, strength.glare ?? 0, random);
  if (strength.defocus) plane = convolve(plane, discKernel(strength.defocus * moduleSize));
  if (strength.motion) plane = convolve(plane, lineKernel(strength.motion * moduleSize, random.between(0, Math.PI)));
  const contrast = strength.contrast ?? 1;
  const level = random.between(0.35, 0.6);
  const noise = strength.noise ?? 0.008;
  const data = Uint8Array.from(plane.data, (value) => {
    const seen = contrast < 1 ? level + (value - 0.5) * contrast : value;
    return Math.round(Math.min(Math.max(seen + random.normal() * noise, 0), 1) * 255);
  });
  return { width: plane.width, height: plane.height, channels: 1, depth: 8, data };
}

/** Light that falls off to one side, and a spot of glare that saturates. */
function illuminate({ width, height, data }: Plane, fall: number, glare: number, random: Random): void {
  const angle = random.between(0, 2 * Math.PI);
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const reach = Math.abs(dx) * width + Math.abs(dy) * height;
  const spot = { x: random.between(0.25, 0.75) * width, y: random.between(0.25, 0.75) * height };
  const size = random.between(0.1, 0.16) * Math.hypot(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const way = ((x - width / 2) * dx + (y - height / 2) * dy) / reach + 0.5;
      const shine = glare * Math.exp(-((x - spot.x) ** 2 + (y - spot.y) ** 2) / (2 * size ** 2));
      const at = y * width + x;
      data[at] = data[at]! * (1 - fall * way) + shine;
    }
}
