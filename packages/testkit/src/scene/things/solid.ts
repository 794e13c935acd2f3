import type { Face, Shadow } from '../render/draw-face.ts';
import { brightness, light } from '../render/light.ts';
import { dot, plus, times, type Vector } from '../render/vector.ts';

export type Paint = Face['colour'];

export interface Solid {
  /** The middle of its lower side, metres. */
  readonly at: Vector;
  /** To the right, up, and deep, before it is turned. */
  readonly size: Vector;
  /** Radians about the upright axis; 0: its front looks away from the camera along z. */
  readonly heading?: number;
  readonly colour: Paint;
  /** Of single sides, where they differ. */
  readonly sides?: Partial<Record<'front' | 'back' | 'left' | 'right' | 'top', Paint>>;
}

/** The five sides of a block that can be seen from above. `v` of an upright side goes down from its top. */
export function solidFaces({ at, size, heading = 0, colour, sides = {} }: Solid): Face[] {
  const right: Vector = [Math.cos(heading), 0, -Math.sin(heading)];
  const front: Vector = [Math.sin(heading), 0, Math.cos(heading)];
  const corner = (x: number, y: number, z: number): Vector =>
    plus(at, plus(plus(times(right, (x * size[0]) / 2), [0, y * size[1], 0]), times(front, (z * size[2]) / 2)));
  const upright = (
    name: 'front' | 'back' | 'left' | 'right',
    normal: Vector,
    a: [number, number],
    b: [number, number],
  ): Face => ({
    corners: [corner(a[0], 1, a[1]), corner(b[0], 1, b[1]), corner(b[0], 0, b[1]), corner(a[0], 0, a[1])],
    brightness: brightness(dot(normal, light)),
    colour: sides[name] ?? colour,
  });
  return [
    upright('front', front, [1, 1], [-1, 1]),
    upright('back', times(front, -1), [-1, -1], [1, -1]),
    upright('left', times(right, -1), [-1, 1], [-1, -1]),
    upright('right', right, [1, -1], [1, 1]),
    {
      corners: [corner(-1, 1, 1), corner(1, 1, 1), corner(1, 1, -1), corner(-1, 1, -1)],
      brightness: brightness(light[1]),
      colour: sides.top ?? colour,
    },
  ];
}

/** The soft shadow under something that covers so much of the ground. */
export function groundShadow(at: Vector, width: number, deep: number, heading: number, strength: number): Shadow {
  const right: Vector = [Math.cos(heading) * width, 0, -Math.sin(heading) * width];
  const front: Vector = [Math.sin(heading) * deep, 0, Math.cos(heading) * deep];
  const corner = (x: number, z: number): Vector => plus([at[0], 0.008, at[2]], plus(times(right, x), times(front, z)));
  return {
    corners: [corner(-1, 1), corner(1, 1), corner(1, -1), corner(-1, -1)],
    dim: (u, v) => {
      const from = (u * 2 - 1) ** 2 + (v * 2 - 1) ** 2;
      return from >= 1 ? 1 : 1 - strength * (1 - from);
    },
  };
}
