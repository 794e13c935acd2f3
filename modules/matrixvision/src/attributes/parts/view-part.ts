import type { Size } from '../../geometry/box.ts';
import type { Box } from '../../observation.ts';
import type { BodyPart, Keypoint, PartRegion, PartView, Unseen } from './body-part.ts';
import { regionsByPose } from './regions-by-pose.ts';
import { regionsByProportions } from './regions-by-proportions.ts';
import { Skeleton } from './skeleton.ts';

/** Shortest side in source pixels that is judged; README has the errors by size that it was set by. */
export const smallestSide = 16;
/** Share of a region that must lie within the picture. */
const leastWithin = 0.7;
/** Share of a region that may be covered by somebody nearer. */
const mostCovered = 0.5;

export interface PersonSeen {
  readonly box: Box;
  readonly keypoints?: readonly Keypoint[];
}

/**
 * Where a part of a person is in a picture of the size `frame`, or why it cannot be judged. `others` are the boxes of the
 * other people: one whose lower edge is further down stands nearer to the camera and may hide the part.
 */
export function viewPart(part: BodyPart, person: PersonSeen, frame: Size, others: readonly Box[] = []): PartView {
  const { box, keypoints } = person;
  const posed = keypoints ? regionsByPose(part, new Skeleton(keypoints), box).filter((one) => near(one, box)) : [];
  const found = posed.length > 0 ? posed : regionsByProportions(part, box);
  const nearer = others.filter((other) => other.y + other.height > box.y + box.height);
  const regions: PartRegion[] = [];
  let unseen: Unseen = 'not-found';
  for (const region of found) {
    const problem = problemOf(region, frame, nearer);
    if (problem) unseen = problem;
    else regions.push(region);
  }
  return regions.length > 0 ? { regions } : { regions, unseen };
}

function problemOf(region: PartRegion, frame: Size, nearer: readonly Box[]): Unseen | undefined {
  if (Math.min(region.width, region.height) < smallestSide) return 'too-small';
  const points = samplePoints(region);
  const share = (test: (x: number, y: number) => boolean) =>
    points.filter(([x, y]) => test(x, y)).length / points.length;
  if (share((x, y) => x >= 0 && y >= 0 && x < frame.width && y < frame.height) < leastWithin) return 'cut-off';
  const covered = share((x, y) => nearer.some((box) => holds(box, x, y)));
  return covered > mostCovered ? 'hidden' : undefined;
}

/** A pose that puts the part far from the box is somebody else's. */
const near = ({ x, y }: PartRegion, { x: left, y: top, width, height }: Box): boolean =>
  holds({ x: left - 0.25 * width, y: top - 0.15 * height, width: 1.5 * width, height: 1.3 * height }, x, y);

const holds = (box: Box, x: number, y: number): boolean =>
  x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;

/** An even net of 8 by 8 points over the turned rectangle. */
function samplePoints({ x, y, width, height, angle }: PartRegion): [number, number][] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return Array.from({ length: 64 }, (_, index) => {
    const across = ((index % 8) + 0.5) / 8 - 0.5;
    const down = (Math.floor(index / 8) + 0.5) / 8 - 0.5;
    return [x + across * width * cos - down * height * sin, y + across * width * sin + down * height * cos];
  });
}
