import { type Point, squareToQuad } from '@millwright/imaging';

/**
 * How a flat or bent code lies in a picture. Numbers 0 to 7: x and y of the corners of the code, from its top left clockwise.
 * 8: half of the arc that it is bent around, in radians; 9 to 11: what coming nearer in the middle of the arc does to x, y and
 * the perspective.
 */
export type GridPlace = readonly number[];

export const flatPlace = (quad: readonly Point[]): number[] => [...quad.flatMap(({ x, y }) => [x, y]), 0, 0, 0, 0];

/** Maps places of a code, 0 to 1 across and down, into the picture; writes x and y in turn. Along which side it bends is the axis. */
export function mapPlaces(
  place: GridPlace,
  bentAlong: 'x' | 'y',
  us: ArrayLike<number>,
  vs: ArrayLike<number>,
  to: Float64Array,
): boolean {
  const [x0, y0, x1, y1, x2, y2, x3, y3, arc, zx, zy, zw] = place as number[];
  const h = squareToQuad([
    { x: x0!, y: y0! },
    { x: x1!, y: y1! },
    { x: x2!, y: y2! },
    { x: x3!, y: y3! },
  ]);
  if (!h) return false;
  const [a, b, c, d, e, f, g, k] = h;
  const bent = Math.abs(arc!) > 1e-3;
  const sine = Math.sin(arc!);
  const cosine = Math.cos(arc!);
  for (let at = 0; at < us.length; at++) {
    let u = us[at]!;
    let v = vs[at]!;
    let z = 0;
    if (bent) {
      const angle = ((bentAlong === 'x' ? u : v) * 2 - 1) * arc!;
      const moved = 0.5 + Math.sin(angle) / (2 * sine);
      // At the ends of the arc the corners stay where they are.
      z = Math.cos(angle) - cosine;
      if (bentAlong === 'x') u = moved;
      else v = moved;
    }
    const w = g * u + k * v + 1 + zw! * z;
    to[at * 2] = (a * u + b * v + c + zx! * z) / w;
    to[at * 2 + 1] = (d * u + e * v + f + zy! * z) / w;
  }
  return true;
}

export function mapOne(place: GridPlace, bentAlong: 'x' | 'y', u: number, v: number): Point {
  const to = new Float64Array(2);
  mapPlaces(place, bentAlong, [u], [v], to);
  return { x: to[0]!, y: to[1]! };
}
