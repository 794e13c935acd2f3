import { type PersonInScene, type SceneDefinition, walkwayStage } from '@millwright/testkit/scene';
import { parseRules } from '../rules/rules-file.ts';

const person = (seed: number, path: PersonInScene['path'], worn = {}): PersonInScene => ({
  ...{ kind: 'person', seed, vest: true, hat: true, path },
  ...worn,
});

/** Two who pass each other on the walkway; one stays at its right end, from where the other has come. */
export const walkwayScene = {
  ...{ width: 512, height: 288, frameRate: 10, seconds: 6, seed: 5, stage: walkwayStage() },
  actors: [
    person(31, [
      { at: 0, x: -3, z: 6.7 },
      { at: 4.5, x: 2.6, z: 6.7, doing: 'work', face: Math.PI },
      { at: 6, x: 2.6, z: 6.7 },
    ]),
    person(38, [
      { at: 0, x: 3.2, z: 5.6 },
      { at: 6, x: -3.2, z: 5.6 },
    ]),
  ],
} satisfies SceneDefinition;

/** A line across its middle, and a zone at its right end. */
export const walkwayRules = parseRules({
  version: 1,
  rules: [
    {
      ...{ id: 'middle', kind: 'line-crossing', classes: ['person'] },
      line: [
        [0.5, 0.6],
        [0.5, 1],
      ],
    },
    {
      ...{ id: 'right-end', kind: 'zone-entry', classes: ['person'], dwell: 0.3 },
      zone: [
        [0.66, 0.6],
        [1, 0.6],
        [1, 1],
        [0.66, 1],
      ],
    },
  ],
});
