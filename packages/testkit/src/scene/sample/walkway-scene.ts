import type { SceneDefinition } from '../scene-definition.ts';
import { walkwayStage } from '../stage/walkway.ts';

/** A minute at the walkway: people pass in both directions, two meet in its middle, one leaves a parcel for a while. */
export const walkwayScene: SceneDefinition = {
  ...{ width: 640, height: 360, frameRate: 10, seconds: 60, seed: 2, stage: walkwayStage() },
  actors: [
    {
      ...{ kind: 'person', seed: 31, vest: true, hat: true },
      path: [
        { at: 1, x: -6, z: 6.6 },
        { at: 10.5, x: 6, z: 6.4 },
      ],
    },
    {
      ...{ kind: 'person', seed: 34, vest: true, hat: true },
      path: [
        { at: 3, x: 6, z: 5.6 },
        { at: 12.5, x: -6, z: 5.7 },
      ],
    },
    {
      ...{ kind: 'person', seed: 38, vest: false, hat: true },
      path: [
        { at: 19, x: 6, z: 6.2 },
        { at: 28.5, x: -6, z: 6.1 },
      ],
    },
    {
      ...{ kind: 'person', seed: 45, vest: true, hat: false },
      path: [
        { at: 30, x: -6, z: 6.1 },
        { at: 34, x: -1, z: 6.1, doing: 'work', face: -0.4 },
        { at: 36, x: -1, z: 6.1 },
        { at: 41, x: 6, z: 6.3 },
      ],
    },
    {
      ...{ kind: 'person', seed: 52, vest: true, hat: true },
      path: [
        { at: 46, x: 6, z: 5.9 },
        { at: 51, x: -0.9, z: 6.2, doing: 'work', face: -0.6 },
        { at: 53, x: -0.9, z: 6.2 },
        { at: 58, x: -6, z: 6 },
      ],
    },
    {
      kind: 'parcel',
      path: [
        { at: 35.5, x: -1.3, z: 6.75, face: 0.3 },
        { at: 52, x: -1.3, z: 6.75 },
      ],
    },
  ],
};
