import type { PoseEstimator } from '@millwright/inference';
import type { VideoFrame } from '@millwright/media';
import { roomAround } from '../geometry/room-around.ts';
import type { Box, TrackedObject } from '../observation.ts';
import { PoseReader } from './pose-reader.ts';
import type { SeenPerson } from './watched-camera.ts';

/** Smaller people show no part that could be judged. */
const leastHeight = 48;
/** Nearest first; a crowd takes several looks. */
const mostPeople = 8;

/** Cuts the people who are seen in a frame out of it, each with the pose. Rejects with MEDIA_FRAME_GONE where the frame is too old. */
export async function cutPeople(
  frame: VideoFrame,
  objects: readonly TrackedObject[],
  pose: PoseEstimator,
): Promise<SeenPerson[]> {
  const people = objects
    .filter(({ label, state, box }) => label === 'person' && state === 'seen' && box.height >= leastHeight)
    .sort((a, b) => b.box.height - a.box.height)
    .slice(0, mostPeople);
  const cut: SeenPerson[] = [];
  for (const person of people) {
    const region = roomAround(person.box, frame);
    if (region.width < 2 || region.height < 2) continue;
    const [posed] = person.keypoints ? [person] : await new PoseReader(pose).read(frame, [person]);
    const jpeg = await frame.jpeg({ region, maxWidth: region.width, quality: 92 });
    cut.push({
      ...{ track: person.track, jpeg, size: { width: region.width, height: region.height } },
      box: within(region, person.box),
      ...(posed?.keypoints && {
        keypoints: posed.keypoints.map(({ x, y, score }) => ({
          ...{ x: (x - region.x) / region.width, y: (y - region.y) / region.height, score },
        })),
      }),
    });
  }
  return cut;
}

const within = (region: Box, { x, y, width, height }: Box): Box => ({
  ...{ x: (x - region.x) / region.width, y: (y - region.y) / region.height },
  ...{ width: width / region.width, height: height / region.height },
});
