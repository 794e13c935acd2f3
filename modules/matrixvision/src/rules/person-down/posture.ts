import type { TrackedObject } from '../../observation.ts';

export interface Posture {
  /** Undefined where it cannot be told. */
  readonly lies: boolean | undefined;
  readonly by: 'pose' | 'box-shape';
}

type Keypoints = NonNullable<TrackedObject['keypoints']>;
interface Place {
  readonly x: number;
  readonly y: number;
}

const leastScore = 0.3;
/** Places in COCO's order. */
const body = { shoulders: [5, 6], hips: [11, 12], knees: [13, 14], ankles: [15, 16] } as const;

function middle(keypoints: Keypoints, places: readonly number[]): Place | undefined {
  const seen = places.flatMap((place) => keypoints[place] ?? []).filter(({ score }) => score >= leastScore);
  if (seen.length === 0) return undefined;
  return {
    x: seen.reduce((sum, { x }) => sum + x, 0) / seen.length,
    y: seen.reduce((sum, { y }) => sum + y, 0) / seen.length,
  };
}

/** Degrees from upright: 0 with `top` straight above, 90 beside. */
const lean = (top: Place, bottom: Place): number =>
  (Math.atan2(Math.abs(bottom.x - top.x), bottom.y - top.y) * 180) / Math.PI;

/**
 * Whether somebody lies: the trunk is at more than 55 degrees from upright, and the legs are, where they are seen, at more
 * than 45: who bends down has the trunk level but stands on the legs, who sits has the thighs level but the trunk upright.
 * Without a pose the shape of the box must do: clearly wider than high.
 */
export function postureOf({ keypoints, box }: TrackedObject): Posture {
  if (!keypoints) return { lies: box.width > 1.2 * box.height, by: 'box-shape' };
  const [shoulders, hips] = [middle(keypoints, body.shoulders), middle(keypoints, body.hips)];
  if (!shoulders || !hips) return { lies: undefined, by: 'pose' };
  if (lean(shoulders, hips) < 55) return { lies: false, by: 'pose' };
  const feet = middle(keypoints, body.ankles) ?? middle(keypoints, body.knees);
  return { lies: !feet || lean(hips, feet) >= 45, by: 'pose' };
}
