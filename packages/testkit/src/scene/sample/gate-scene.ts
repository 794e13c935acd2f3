import type { SceneDefinition } from '../scene-definition.ts';
import { gateStage } from '../stage/gate.ts';

/** A minute at the hall's gate: four come or go, one works at the machine for a while, a forklift brings a pallet. */
export const gateScene: SceneDefinition = {
  ...{ width: 640, height: 360, frameRate: 10, seconds: 60, seed: 1, stage: gateStage() },
  actors: [
    // In through the gate, to the near left and out of the picture.
    {
      ...{ kind: 'person', seed: 3, vest: true, hat: true },
      path: [
        { at: 0.5, x: -5, z: 16 },
        { at: 4, x: -0.8, z: 13.6 },
        { at: 13, x: -0.6, z: 2.5 },
        { at: 16, x: -1, z: -1.6 },
      ],
    },
    // Out through the gate.
    {
      ...{ kind: 'person', seed: 12, vest: true, hat: true },
      path: [
        { at: 9, x: 1.2, z: -1.6 },
        { at: 12, x: 1, z: 2.5 },
        { at: 22, x: 0.8, z: 13.8 },
        { at: 26, x: 5.5, z: 16 },
      ],
    },
    // In, to the machine, works there, and out again.
    {
      ...{ kind: 'person', seed: 7, vest: true, hat: false },
      path: [
        { at: 16.5, x: -5, z: 15.6 },
        { at: 20.5, x: 0, z: 13.8 },
        { at: 26.5, x: 1.4, z: 7.6 },
        { at: 29, x: 4.3, z: 7.2, face: 0, doing: 'work' },
        { at: 44, x: 4.3, z: 7.2 },
        { at: 46.6, x: 1.5, z: 7.4 },
        { at: 52.4, x: 0.5, z: 13.8 },
        { at: 57, x: -5, z: 16 },
      ],
    },
    // Comes in without vest and hat, and leaves to the near right.
    {
      ...{ kind: 'person', seed: 21 },
      path: [
        { at: 27, x: 5, z: 16 },
        { at: 31.5, x: -0.3, z: 13.8 },
        { at: 41.5, x: 0.3, z: 3 },
        { at: 45, x: 1.6, z: -1.6 },
      ],
    },
    {
      kind: 'forklift',
      path: [
        { at: 35, x: -12, z: 17 },
        { at: 39, x: -1.6, z: 16.4 },
        { at: 43, x: -1.2, z: 11 },
        { at: 49, x: -1.6, z: -4 },
      ],
    },
  ],
};
