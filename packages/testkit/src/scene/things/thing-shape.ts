import type { Face, Shadow } from '../render/draw-face.ts';
import type { Limb } from '../render/draw-limb.ts';

/** What a thing is drawn of. */
export interface ThingShape {
  readonly faces: readonly Face[];
  readonly limbs: readonly Limb[];
  readonly shadows: readonly Shadow[];
}
