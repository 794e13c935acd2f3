import { noiseSeed, uniform } from '../../simulator/model/noise.ts';
import type { Colour } from '../render/vector.ts';

/** How a person looks; by nobody's likeness. */
export interface Appearance {
  /** Metres. */
  readonly height: number;
  /** Breadth against the usual: 1. */
  readonly build: number;
  readonly skin: Colour;
  readonly hair: Colour;
  readonly shirt: Colour;
  readonly trousers: Colour;
  readonly shoes: Colour;
  readonly shortSleeves: boolean;
  /** Colour of the hi-vis vest; left out: none is worn. */
  readonly vest?: Colour;
  /** Colour of the hard hat; left out: none is worn. */
  readonly hat?: Colour;
}

const skins: readonly Colour[] = [
  [238, 200, 172],
  [222, 176, 142],
  [196, 146, 108],
  [150, 104, 74],
  [104, 70, 50],
];
const hairs: readonly Colour[] = [
  [28, 24, 22],
  [52, 38, 28],
  [96, 68, 42],
  [120, 116, 112],
];
const shirts: readonly Colour[] = [
  [44, 62, 104],
  [92, 100, 110],
  [128, 44, 44],
  [48, 84, 66],
  [196, 196, 200],
];
const trousers: readonly Colour[] = [
  [38, 46, 72],
  [54, 54, 58],
  [92, 84, 66],
  [30, 32, 36],
];
export const vestColours = { yellow: [214, 232, 40], orange: [246, 110, 30] } as const satisfies Record<string, Colour>;
export const hatColours = {
  yellow: [246, 200, 40],
  white: [236, 236, 232],
  blue: [40, 90, 190],
  red: [206, 50, 40],
} as const satisfies Record<string, Colour>;

/** A person of random looks; what is worn is said, the rest follows from the seed. */
export function makeAppearance(seed: number, worn: { vest?: boolean; hat?: boolean }): Appearance {
  const of = noiseSeed(seed, 'appearance');
  const pick = <Kind>(from: readonly Kind[], index: number): Kind =>
    from[Math.floor(uniform(of, index) * from.length)]!;
  return {
    height: 1.6 + 0.28 * uniform(of, 0),
    build: 0.92 + 0.22 * uniform(of, 1),
    ...{ skin: pick(skins, 2), hair: pick(hairs, 3), shirt: pick(shirts, 4), trousers: pick(trousers, 5) },
    shoes: [40, 34, 30],
    shortSleeves: uniform(of, 6) < 0.3,
    ...(worn.vest && { vest: pick(Object.values(vestColours), 7) }),
    ...(worn.hat && { hat: pick(Object.values(hatColours), 8) }),
  };
}
