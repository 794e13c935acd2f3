import type { CameraPlace } from '../render/camera.ts';
import type { Face, Shadow } from '../render/draw-face.ts';
import type { Limb } from '../render/draw-limb.ts';

/** A place that a camera looks at, without anything that moves. */
export interface Stage {
  readonly camera: CameraPlace;
  readonly faces: readonly Face[];
  readonly shadows: readonly Shadow[];
  readonly limbs?: readonly Limb[];
}
