import type { Point } from '../../geometry/point.ts';
import type { Box } from '../../observation.ts';
import type { BodyPart, PartRegion } from './body-part.ts';
import { distance, mean, type Skeleton } from './skeleton.ts';

/** Where the pose says that a part is; empty where its points are weak. */
export function regionsByPose(part: BodyPart, skeleton: Skeleton, box: Box): PartRegion[] {
  if (part === 'head') return head(skeleton, box);
  if (part === 'torso') return torso(skeleton, box);
  return limbs(part, skeleton, box);
}

/**
 * The head with a hat: its height from the distance of face and shoulders (about three quarters of a head) where both
 * are seen, and from the width of the face, whichever is more, since a bent neck shortens the one and a turned head the
 * other.
 */
function head(skeleton: Skeleton, box: Box): PartRegion[] {
  const face = skeleton.face();
  if (!face) return [];
  const shoulders = skeleton.middle(5, 6);
  const neck = shoulders ? distance(face, shoulders) / 0.75 : 0;
  const height = Math.min(Math.max(neck, skeleton.faceSpread() * 1.4), box.height);
  if (height <= 0) return [];
  const up = shoulders ? direction(shoulders, face) : { x: 0, y: -1 };
  const centre = along(face, up, 0.15 * height);
  return [{ part: 'head', ...centre, width: 1.2 * height, height: 1.4 * height, angle: angleOf(up), from: 'pose' }];
}

/** From just above the shoulders to the hips; without hips (cut off, seated behind a table) as far down as the box goes. */
function torso(skeleton: Skeleton, box: Box): PartRegion[] {
  const shoulders = skeleton.middle(5, 6);
  if (!shoulders) return [];
  const across = distance(skeleton.at(5)!, skeleton.at(6)!);
  const hips = skeleton.middle(11, 12) ?? {
    x: shoulders.x,
    y: Math.min(shoulders.y + 1.5 * across, box.y + box.height),
  };
  const length = distance(shoulders, hips);
  if (length <= 0) return [];
  const up = direction(hips, shoulders);
  // Seen from the side the shoulders lie behind each other; a torso is never narrower than half its length.
  const width = Math.min(Math.max(1.25 * across, 0.5 * length), box.width * 1.1);
  const centre = along(mean([shoulders, hips]), up, 0.05 * length);
  return [{ part: 'torso', ...centre, width, height: 1.15 * length, angle: angleOf(up), from: 'pose' }];
}

/** A hand goes on from the wrist in the direction of the forearm; a foot lies about the end of the shank, upright. */
function limbs(part: 'hands' | 'feet', skeleton: Skeleton, box: Box): PartRegion[] {
  const joints = part === 'hands' ? { left: [7, 9], right: [8, 10] } : { left: [13, 15], right: [14, 16] };
  return (['left', 'right'] as const).flatMap((side) => {
    const [inner, end] = joints[side].map((index) => skeleton.at(index!));
    if (!inner || !end) return [];
    // Foreshortened towards the camera a limb is short; a hand or foot is then still about a ninth of the person.
    const limb = Math.max(distance(inner, end), box.height / 9);
    const onward = distance(inner, end) > 0 ? direction(inner, end) : { x: 0, y: 1 };
    const [reach, size] = part === 'hands' ? [0.35, 0.7] : [0.1, 0.75];
    const angle = part === 'hands' ? angleOf({ x: -onward.x, y: -onward.y }) : 0;
    return [
      { part, side, ...along(end, onward, reach * limb), width: size * limb, height: size * limb, angle, from: 'pose' },
    ];
  });
}

const direction = (from: Point, to: Point): Point => {
  const length = distance(from, to) || 1;
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
};

const along = (point: Point, way: Point, by: number): Point => ({ x: point.x + way.x * by, y: point.y + way.y * by });

/** Of a rectangle whose upper side points to `up`. */
const angleOf = (up: Point): number => Math.atan2(up.x, -up.y);
