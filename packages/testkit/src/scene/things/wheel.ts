import type { Face } from '../render/draw-face.ts';
import { brightness, light } from '../render/light.ts';
import { type Colour, dot, plus, times, unit, type Vector } from '../render/vector.ts';

const corners = 14;

/** A wheel that stands upright, seen from both sides; `axle` points along its axis and is half its width. */
export function wheelFaces(centre: Vector, axle: Vector, radius: number, tyre: Colour, rim: Colour): Face[] {
  const side = unit(axle);
  const ahead: Vector = [side[2], 0, -side[0]];
  const at = (step: number, out: number, by: number): Vector => {
    const angle = (step / corners) * 2 * Math.PI;
    const round = plus(times(ahead, Math.cos(angle) * by), [0, Math.sin(angle) * by, 0]);
    return plus(plus(centre, times(axle, out)), round);
  };
  const faces: Face[] = [];
  for (let step = 0; step < corners; step++) {
    for (const out of [-1, 1]) {
      // Each part of the disc is a sharp piece with two corners in the middle; its order says which side is seen.
      const [a, b] = out === 1 ? [step, step + 1] : [step + 1, step];
      faces.push({
        corners: [at(a, out, radius), at(b, out, radius), at(0, out, 0), at(0, out, 0)],
        brightness: brightness(dot(times(side, out), light)),
        colour: (_u, v) => (v > 0.42 ? rim : tyre),
      });
    }
    const middle = ((step + 0.5) / corners) * 2 * Math.PI;
    const normal = plus(times(ahead, Math.cos(middle)), [0, Math.sin(middle), 0]);
    faces.push({
      corners: [at(step, -1, radius), at(step + 1, -1, radius), at(step + 1, 1, radius), at(step, 1, radius)],
      brightness: brightness(dot(normal, light)),
      colour: tyre,
    });
  }
  return faces;
}
