import type { Point } from '../../geometry/point.ts';

export const bodyParts = ['head', 'torso', 'hands', 'feet'] as const;
export type BodyPart = (typeof bodyParts)[number];

/** COCO-17 order, in source pixels, score 0 to 1. */
export interface Keypoint extends Point {
  readonly score: number;
}

/** A rectangle of the source picture that may be turned: `angle` in radians, clockwise on the screen, 0 upright. */
export interface PartRegion {
  readonly part: BodyPart;
  /** The person's own side, for parts that come in two. */
  readonly side?: 'left' | 'right';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
  readonly from: 'pose' | 'proportions';
}

/**
 * Why a part cannot be judged: `too-small` in the picture, `cut-off` by its edge, `hidden` behind somebody else,
 * `not-found` where the pose does not say where it is and proportions cannot.
 */
export type Unseen = 'too-small' | 'cut-off' | 'hidden' | 'not-found';

export interface PartView {
  /** What can be judged; a second hand or foot that cannot be seen is left out. */
  readonly regions: readonly PartRegion[];
  /** Only where there is no region. */
  readonly unseen?: Unseen;
}
