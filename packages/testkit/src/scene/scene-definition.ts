import type { Waypoint } from './path.ts';
import type { Stage } from './stage/stage.ts';

export interface PersonInScene {
  readonly kind: 'person';
  readonly path: readonly Waypoint[];
  /** Chooses build, clothes and skin. */
  readonly seed: number;
  readonly vest?: boolean;
  readonly hat?: boolean;
}

export interface ThingInScene {
  readonly kind: 'forklift' | 'lorry' | 'parcel';
  readonly path: readonly Waypoint[];
}

/** What a camera's picture suffers, from and until so many seconds. */
export interface Tampering {
  readonly kind: 'black' | 'covered' | 'frozen' | 'turned' | 'defocused';
  readonly from: number;
  readonly until: number;
}

export interface SceneDefinition {
  /** Even numbers, pixels. */
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  readonly seconds: number;
  /** Of the noise. */
  readonly seed: number;
  readonly stage: Stage;
  /** At most 250. Who is there at the end stands where he stood at the start, if the scene is to loop. */
  readonly actors: readonly (PersonInScene | ThingInScene)[];
  readonly tampering?: readonly Tampering[];
  /** Standard deviation of the sensor's noise, grey levels. Default 2. */
  readonly noise?: number;
}
