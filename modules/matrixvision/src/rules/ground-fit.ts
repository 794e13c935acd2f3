import type { Point } from '../geometry/point.ts';
import { type GroundMap, type GroundPair, groundMap, type Homography, homographyOf } from './ground-map.ts';

/** How well a calibration fits its own points. */
export interface GroundFit {
  /** From the picture, in fractions, to the ground in metres. */
  readonly toGround: GroundMap;
  /** From the ground in metres to the picture; undefined for what lies behind the camera. */
  readonly toPicture: GroundMap;
  /** Of each point, metres on the ground between where it was said to be and where the map puts it. */
  readonly errors: readonly number[];
  /** Root mean square of them; null with four points, which any map fits exactly. */
  readonly error: number | null;
}

/** Undefined where the points fit no plane: three on a line, or fewer than four. */
export function groundFit(pairs: readonly GroundPair[]): GroundFit | undefined {
  if (pairs.length < 4) return undefined;
  const found = homographyOf(pairs);
  if (!found) return undefined;
  const { homography, sign } = found;
  const back = inverse(homography);
  const toGround = groundMap(homography, sign);
  // The sign that holds for the points is that of the whole half plane before the camera.
  const toPicture = groundMap(back, signOf(back, pairs[0]!.ground));
  const errors = pairs.map(({ picture, ground }) => {
    const at = toGround(picture);
    return at ? Math.hypot(at.x - ground.x, at.y - ground.y) : Number.POSITIVE_INFINITY;
  });
  const error = pairs.length > 4 ? Math.sqrt(errors.reduce((sum, one) => sum + one ** 2, 0) / errors.length) : null;
  return { toGround, toPicture, errors, error };
}

const signOf = (h: Homography, { x, y }: Point): 1 | -1 => (h[6]! * x + h[7]! * y + h[8]! < 0 ? -1 : 1);

/** By cofactors, up to a factor, which a homography does not mind. */
function inverse(h: Homography): Homography {
  const [a, b, c, d, e, f, g, i, k] = h as [number, number, number, number, number, number, number, number, number];
  return [
    ...[e * k - f * i, c * i - b * k, b * f - c * e],
    ...[f * g - d * k, a * k - c * g, c * d - a * f],
    ...[d * i - e * g, b * g - a * i, a * e - b * d],
  ];
}
