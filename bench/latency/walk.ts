import { join } from 'node:path';
import { writeAccessUnits } from '@millwright/media/test-support';
import {
  type PersonInScene,
  renderScene,
  type SceneDefinition,
  truthOf,
  walkwayStage,
} from '@millwright/testkit/scene';

const frameRate = 25;

const walker = (seed: number, path: PersonInScene['path']): PersonInScene => ({
  ...{ kind: 'person', seed, vest: true, hat: true, path },
});

/** Two walk to and fro at different distances, so that nobody hides the other on the line and the loop has no seam. */
const definition: SceneDefinition = {
  ...{ width: 640, height: 360, frameRate, seconds: 12, seed: 5, stage: walkwayStage() },
  actors: [
    walker(31, [
      { at: 0, x: -2.6, z: 6.7 },
      { at: 5, x: 2.6, z: 6.7 },
      { at: 7, x: 2.6, z: 6.7 },
      { at: 12, x: -2.6, z: 6.7 },
    ]),
    walker(8, [
      { at: 0, x: 1.6, z: 8.4 },
      { at: 2, x: 3, z: 8.4 },
      { at: 7, x: -2.4, z: 8.4 },
      { at: 8, x: -2.4, z: 8.4 },
      { at: 12, x: 1.6, z: 8.4 },
    ]),
  ],
};

export const middle = {
  ...{ id: 'middle', kind: 'line-crossing', name: 'Middle of the walkway', classes: ['person'] },
  line: [
    [0.5, 0.4],
    [0.5, 1],
  ],
} as const;

export interface Walk {
  /** For the RTSP server. */
  readonly file: string;
  readonly frameRate: number;
  readonly size: string;
  /** Seconds from the start of the loop at which somebody's feet are over the line. */
  readonly crossings: readonly number[];
  /** The first picture that shows it, by crossing. */
  readonly frames: readonly number[];
}

/** Draws the scene and encodes it as a camera would. */
export async function drawWalk(folder: string): Promise<Walk> {
  const { scene } = await renderScene(definition, { out: join(folder, 'walk.mp4') });
  const file = await writeAccessUnits({
    ...{ source: join(folder, 'walk.mp4'), out: join(folder, 'walk.units'), purpose: 'camera' },
    ...{ width: definition.width, height: definition.height, frameRate },
  });
  const crossings = truthOf(scene, [middle])[middle.id]!.crossings.map(({ at }) => at);
  return {
    ...{ file, frameRate, size: `${definition.width}x${definition.height}`, crossings },
    frames: crossings.map((at) => Math.ceil(at * frameRate)),
  };
}
