import { cropImage, type Detector, type PoseEstimator } from '@millwright/inference';
import { type Box, cutPatch, intersectionOverUnion, viewPart } from '@millwright/matrixvision';
import type { LabelledPicture } from './labelled-people.ts';

/** One head that an attribute is taught with or tried on. */
export interface Head {
  readonly id: string;
  readonly group: string;
  readonly present: boolean;
  readonly patch: Uint8Array;
}

export interface Found {
  readonly heads: readonly Head[];
  /** Labelled people whose head could not be judged: not detected, too small, cut off, hidden. */
  readonly missed: number;
}

const size = ({ pixels }: LabelledPicture) => ({ width: pixels.width, height: pixels.height });

/** Heads where the labels say that they are, with 15 % more on each side: what is possible where finding is perfect. */
export function labelledHeads(pictures: readonly LabelledPicture[], groups: readonly string[]): Found {
  const heads = pictures.flatMap((picture, at) =>
    picture.heads.map(({ box, hardHat }, index) => ({
      ...{ id: `${picture.name} ${index}`, group: groups[at]!, present: hardHat },
      patch: cutPatch(picture.pixels, {
        ...{ x: box.x + box.width / 2, y: box.y + box.height / 2, angle: 0 },
        ...{ width: 1.3 * box.width, height: 1.3 * box.height },
      }),
    })),
  );
  return { heads, missed: 0 };
}

/** Heads as the product finds them: from boxes of people (labelled, or of a detector) and, where given, their pose. */
export async function foundHeads(
  pictures: readonly LabelledPicture[],
  groups: readonly string[],
  { pose, detector }: { pose?: PoseEstimator; detector?: Detector },
): Promise<Found> {
  const heads: Head[] = [];
  let missed = 0;
  for (const [at, picture] of pictures.entries()) {
    const boxes = detector ? await peopleOf(detector, picture) : picture.people;
    for (const [index, { person, hardHat }] of picture.heads.entries()) {
      if (!person) continue;
      const box = boxes.reduce<Box | undefined>((best, one) => {
        const overlap = intersectionOverUnion(one, person);
        return overlap >= 0.5 && overlap > (best ? intersectionOverUnion(best, person) : 0) ? one : best;
      }, undefined);
      const keypoints = box && pose ? await poseOf(pose, picture, box) : undefined;
      const others = boxes.filter((one) => one !== box);
      const view = box && viewPart('head', { box, ...(keypoints && { keypoints }) }, size(picture), others);
      const region = view?.regions[0];
      if (!region) missed += 1;
      else
        heads.push({
          ...{ id: `${picture.name} ${index}`, group: groups[at]!, present: hardHat },
          patch: cutPatch(picture.pixels, region),
        });
    }
  }
  return { heads, missed };
}

async function peopleOf(detector: Detector, picture: LabelledPicture): Promise<Box[]> {
  const { width, height } = picture.pixels;
  const whole = { x: 0, y: 0, width, height };
  const input = await cropImage(picture.pixels, whole, detector.inputFor(width, height));
  const [detections] = await detector.detect([input], { labels: ['person'] });
  return detections!.map(({ box }) => box);
}

async function poseOf(pose: PoseEstimator, picture: LabelledPicture, box: Box) {
  const crop = await cropImage(picture.pixels, pose.regionFor(box, size(picture)), pose.input);
  return (await pose.estimate([crop]))[0]!;
}
