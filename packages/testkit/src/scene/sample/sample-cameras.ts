import type { SceneDefinition } from '../scene-definition.ts';
import { gateScene } from './gate-scene.ts';
import { walkwayScene } from './walkway-scene.ts';
import { yardScene } from './yard-scene.ts';

/** A camera of the sample plant: its names, what it shows, and the rules that suit it. */
export interface SampleCamera {
  readonly key: string;
  readonly displayName: { readonly en: string; readonly zh: string };
  readonly scene: SceneDefinition;
  /** Rules as in a rules file of matrixvision; `names` are what a person reads. */
  readonly rules: readonly {
    readonly names: { readonly en: string; readonly zh: string };
    readonly [field: string]: unknown;
  }[];
}

/** In the order in which they are rendered: the first is there soonest. */
export const sampleCameras: readonly SampleCamera[] = [
  {
    key: 'gate',
    displayName: { en: 'Gate', zh: '大门' },
    scene: gateScene,
    rules: [
      {
        id: 'gate',
        names: { en: 'In and out through the gate', zh: '大门进出' },
        kind: 'line-crossing',
        classes: ['person'],
        line: [
          [0.26, 0.68],
          [0.7, 0.68],
        ],
      },
      {
        id: 'machine-area',
        names: { en: 'Somebody at the machine', zh: '有人进入机床区' },
        kind: 'zone-entry',
        classes: ['person'],
        dwell: 1,
        zone: [
          [0.7, 0.62],
          [1, 0.62],
          [1, 0.86],
          [0.79, 0.86],
        ],
      },
    ],
  },
  {
    key: 'walkway',
    displayName: { en: 'Walkway', zh: '人行通道' },
    scene: walkwayScene,
    rules: [
      {
        id: 'walkway-passages',
        names: { en: 'Passages in both directions', zh: '双向通行' },
        kind: 'line-crossing',
        classes: ['person'],
        line: [
          [0.5, 0.72],
          [0.5, 1],
        ],
      },
      {
        id: 'walkway-occupancy',
        names: { en: 'More than one on the walkway', zh: '通道上超过一人' },
        kind: 'occupancy',
        classes: ['person'],
        limit: 1,
        dwell: 1,
        zone: [
          [0, 0.74],
          [1, 0.74],
          [1, 1],
          [0, 1],
        ],
      },
    ],
  },
  {
    key: 'yard',
    displayName: { en: 'Yard', zh: '厂区场地' },
    scene: yardScene,
    rules: [
      {
        id: 'crossing',
        names: { en: 'Somebody on the crossing', zh: '有人在人行横道上' },
        kind: 'zone-entry',
        classes: ['person'],
        zone: [
          [0.36, 0.6],
          [0.64, 0.6],
          [0.66, 0.78],
          [0.34, 0.78],
        ],
      },
    ],
  },
];
