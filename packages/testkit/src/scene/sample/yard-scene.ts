import type { SceneDefinition } from '../scene-definition.ts';
import { yardStage } from '../stage/yard.ts';

/** A minute in the yard: people over the crossing, a lorry that passes close before one of them, one who falls and gets up again. */
export const yardScene: SceneDefinition = {
  ...{ width: 640, height: 360, frameRate: 10, seconds: 60, seed: 3, stage: yardStage() },
  actors: [
    {
      ...{ kind: 'person', seed: 61, vest: true, hat: true },
      path: [
        { at: 2, x: -9, z: 12 },
        { at: 8.5, x: -0.6, z: 11.9 },
        { at: 12, x: 0, z: 7.6 },
        { at: 17, x: 8.2, z: 6.8 },
      ],
    },
    {
      kind: 'lorry',
      path: [
        { at: 12.5, x: 14, z: 10.1 },
        { at: 23, x: -14, z: 10.1 },
      ],
    },
    {
      ...{ kind: 'person', seed: 66 },
      path: [
        { at: 22, x: 8, z: 7.2 },
        { at: 26.5, x: 0.4, z: 7.4 },
        { at: 30.5, x: 0.2, z: 12.6 },
        { at: 37, x: 12, z: 13 },
      ],
    },
    {
      ...{ kind: 'person', seed: 73, vest: true, hat: true },
      path: [
        { at: 34, x: -8.6, z: 7.6 },
        { at: 37.5, x: -2.4, z: 7.6, doing: 'lie' },
        { at: 50, x: -2.4, z: 7.6 },
        { at: 54, x: -8.6, z: 7.2 },
      ],
    },
  ],
};
