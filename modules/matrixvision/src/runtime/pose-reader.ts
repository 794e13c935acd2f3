import type { Box, ImageInput, PoseEstimator } from '@millwright/inference';
import type { Size } from '../geometry/box.ts';
import type { TrackedObject } from '../observation.ts';

/** What the reader needs of a frame; a `VideoFrame` of media has it. */
export interface PoseFrame extends Size {
  readonly time: number;
  views(specs: readonly (PoseEstimator['input'] & { region: Box })[]): Promise<readonly ImageInput[]>;
}

/** Between two looks at one person, milliseconds: who falls lies for longer. */
const everyMs = 500;
/** People looked at in one frame at most, those not looked at for longest first; each takes some milliseconds. */
const mostPeople = 4;

interface Known {
  readonly lookedAt: number;
  readonly keypoints: NonNullable<TrackedObject['keypoints']>;
  /** Of the person when it was looked at: keypoints go with the box until the next look. */
  readonly box: Box;
}

/** Estimates the pose of each person now and then, and carries it with the box in between. */
export class PoseReader {
  #pose: PoseEstimator;
  #known = new Map<number, Known>();

  constructor(pose: PoseEstimator) {
    this.#pose = pose;
  }

  /** The objects with the keypoints of people. Frames in the order of their times. */
  async read(frame: PoseFrame, objects: readonly TrackedObject[]): Promise<readonly TrackedObject[]> {
    const people = objects.filter(({ label }) => label === 'person');
    const lookedAt = ({ track }: TrackedObject) => this.#known.get(track)?.lookedAt ?? Number.NEGATIVE_INFINITY;
    const due = people
      .filter((person) => person.state === 'seen' && frame.time - lookedAt(person) >= everyMs)
      .sort((a, b) => lookedAt(a) - lookedAt(b))
      .slice(0, mostPeople);
    if (due.length > 0) {
      const views = await frame.views(
        due.map(({ box }) => ({ ...this.#pose.input, region: this.#pose.regionFor(box, frame) })),
      );
      const found = await this.#pose.estimate(views);
      due.forEach(({ track, box }, index) => {
        this.#known.set(track, { lookedAt: frame.time, keypoints: found[index]!, box });
      });
    }
    const tracks = new Set(objects.map(({ track }) => track));
    for (const track of this.#known.keys()) if (!tracks.has(track)) this.#known.delete(track);
    return objects.map((object) => {
      const known = this.#known.get(object.track);
      return known ? { ...object, keypoints: moved(known, object.box) } : object;
    });
  }
}

function moved({ keypoints, box }: Known, to: Box): NonNullable<TrackedObject['keypoints']> {
  const [scaleX, scaleY] = [to.width / box.width, to.height / box.height];
  return keypoints.map(({ x, y, score }) => ({
    x: to.x + (x - box.x) * scaleX,
    y: to.y + (y - box.y) * scaleY,
    score,
  }));
}
