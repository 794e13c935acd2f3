import type { PinholeCamera } from '../render/camera.ts';
import type { Limb } from '../render/draw-limb.ts';
import { blend, type Colour, dot, minus, plus, shade, times, unit, type Vector } from '../render/vector.ts';
import type { Appearance } from './appearance.ts';
import type { Posture } from './posture.ts';

export interface Standing {
  /** On the ground under the hips. */
  readonly place: Vector;
  /** Radians; 0 looks away from the camera along z, a quarter turn to the right (x). */
  readonly heading: number;
  readonly posture: Posture;
}

/** Directions of a body: to its own right, up its back, and where it looks. */
interface Frame {
  readonly right: Vector;
  readonly up: Vector;
  readonly front: Vector;
}

const reflective: Colour = [225, 228, 226];

/**
 * A person as limbs, ready to be drawn. Lengths are shares of the height (Drillis and Contini 1966, as printed in Winter
 * 2009, figure 4.1).
 */
export function bodyLimbs(look: Appearance, { place, heading, posture }: Standing, camera: PinholeCamera): Limb[] {
  const h = look.height;
  const level: Frame = {
    right: [Math.cos(heading), 0, -Math.sin(heading)],
    up: [0, 1, 0],
    front: [Math.sin(heading), 0, Math.cos(heading)],
  };
  const body = tilted(level, -posture.fallen * (Math.PI / 2));
  const legs = ([0, 1] as const).map((side) => legShape(h, posture.hips[side], posture.knees[side]));
  // The lower foot stands on the ground; who lies, lies on the back.
  const standing = Math.max(...legs.map(({ ankle }) => -ankle[1])) + 0.045 * h;
  const hipHeight = standing + (0.085 * h * look.build - standing) * posture.fallen;
  const hip = plus(place, [0, hipHeight, 0]);
  const at = (right: number, up: number, front: number, from = hip, frame = body): Vector =>
    plus(from, plus(times(frame.right, right * h), plus(times(frame.up, up * h), times(frame.front, front * h))));
  const trunk = tilted(body, posture.lean);
  const neck = at(0, 0.3, 0, hip, trunk);
  return [
    ...legs.flatMap(({ knee, ankle, toe }, side) => {
      const out = (side === 0 ? -1 : 1) * 0.05 * look.build;
      const joint = (shape: readonly [number, number]) => at(out, shape[1] / h, shape[0] / h);
      return legLimbs(look, at(out, 0, 0), joint(knee), joint(ankle), joint(toe));
    }),
    ...trunkLimbs(look, trunk, hip, neck, camera),
    ...([0, 1] as const).flatMap((side) => {
      const out = (side === 0 ? -1 : 1) * 0.106 * look.build;
      const shoulder = at(out, 0.25, 0, hip, trunk);
      return armLimbs(look, trunk, shoulder, posture.shoulders[side], posture.elbows[side], side === 0 ? -1 : 1);
    }),
    ...headLimbs(look, trunk, neck, camera),
  ];
}

/** Turned forwards about the axis through both sides. */
function tilted({ right, up, front }: Frame, angle: number): Frame {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  return {
    right,
    up: plus(times(up, cosine), times(front, sine)),
    front: plus(times(front, cosine), times(up, -sine)),
  };
}

type Flat = readonly [front: number, up: number];

function legShape(h: number, hip: number, bend: number): { knee: Flat; ankle: Flat; toe: Flat } {
  const knee: Flat = [Math.sin(hip) * 0.245 * h, -Math.cos(hip) * 0.245 * h];
  const shin = hip - bend;
  const ankle: Flat = [knee[0] + Math.sin(shin) * 0.246 * h, knee[1] - Math.cos(shin) * 0.246 * h];
  const sole = Math.min(0.5, Math.max(-0.9, shin * 0.7));
  const toe: Flat = [ankle[0] + Math.cos(sole) * 0.1 * h, ankle[1] + (Math.sin(sole) * 0.1 - 0.018) * h];
  return { knee, ankle, toe };
}

function legLimbs(look: Appearance, hip: Vector, knee: Vector, ankle: Vector, toe: Vector): Limb[] {
  const h = look.height;
  const wide = look.build * h;
  const cloth = (along: number): Colour => shade(look.trousers, 1 - 0.12 * Math.abs(Math.sin(along * 7)));
  const heel = plus(ankle, times(minus(ankle, toe), 0.25));
  return [
    { from: hip, to: knee, radii: [0.058 * wide, 0.05 * wide, 0.038 * wide], colour: cloth },
    { from: knee, to: ankle, radii: [0.038 * wide, 0.037 * wide, 0.028 * wide], ends: [1, 0.4], colour: cloth },
    { from: plus(heel, [0, -0.012 * h, 0]), to: toe, radii: [0.026 * h, 0.03 * h, 0.022 * h], colour: look.shoes },
  ];
}

function armLimbs(look: Appearance, trunk: Frame, shoulder: Vector, swing: number, bend: number, side: number): Limb[] {
  const h = look.height;
  const wide = look.build * h;
  const along = (angle: number, length: number): Vector =>
    plus(
      plus(times(trunk.up, -Math.cos(angle) * length * h), times(trunk.front, Math.sin(angle) * length * h)),
      times(trunk.right, side * 0.1 * length * h),
    );
  const elbow = plus(shoulder, along(swing, 0.172));
  const wrist = plus(elbow, along(swing + bend, 0.145));
  const hand = plus(wrist, along(swing + bend, 0.06));
  return [
    { from: shoulder, to: elbow, radii: [0.032 * wide, 0.034 * wide, 0.028 * wide], colour: look.shirt },
    {
      from: elbow,
      to: wrist,
      radii: [0.028 * wide, 0.026 * wide, 0.019 * wide],
      colour: look.shortSleeves ? look.skin : look.shirt,
    },
    { from: wrist, to: hand, radii: [0.018 * h, 0.023 * h, 0.016 * h], colour: look.skin },
  ];
}

/** Where on a round body a point lies, seen from its front: radians, positive to its own right. */
function azimuth(camera: PinholeCamera, frame: Frame, centre: Vector): (across: number) => number {
  const towards = unit(minus(camera.position, centre));
  const [front, right] = [dot(towards, frame.front), dot(towards, frame.right)];
  const [sideFront, sideRight] = [dot(camera.right, frame.front), dot(camera.right, frame.right)];
  return (across) => {
    const bulge = Math.sqrt(Math.max(0, 1 - across * across));
    return Math.atan2(right * bulge + sideRight * across, front * bulge + sideFront * across);
  };
}

function trunkLimbs(look: Appearance, trunk: Frame, hip: Vector, neck: Vector, camera: PinholeCamera): Limb[] {
  const wide = look.build * look.height;
  const towards = unit(minus(camera.position, hip));
  const [fromFront, fromSide] = [dot(towards, trunk.front), dot(towards, trunk.right)];
  // Half the width that a trunk of oval cut shows from this side.
  const seen = (half: number, deep: number) =>
    Math.hypot(half * fromFront, deep * fromSide) / (Math.hypot(fromFront, fromSide) || 1);
  const where = azimuth(camera, trunk, hip);
  const { vest, shirt } = look;
  const colour = (along: number, across: number): Colour => {
    if (along < 0.1) return along < 0.07 ? look.trousers : shade(look.trousers, 0.6);
    if (!vest) return shade(shirt, 1 - 0.1 * Math.abs(Math.sin(along * 9 + across * 2)));
    const turned = where(across);
    const isBand = (along > 0.28 && along < 0.37) || (along > 0.5 && along < 0.59);
    const isStrap = Math.abs(Math.abs(turned) - 0.75) < 0.16 && along > 0.59;
    const isBackStrap = Math.abs(Math.abs(turned) - 2.4) < 0.16 && along > 0.59;
    if (isBand || isStrap || isBackStrap) return reflective;
    // The vest is open at the neck, where the shirt shows.
    if (Math.abs(turned) < 0.9 * (along - 0.62)) return shirt;
    if (Math.abs(turned) < 0.05) return shade(vest, 0.7);
    return vest;
  };
  return [
    {
      from: plus(hip, times(trunk.up, -0.045 * look.height)),
      to: neck,
      radii: [
        seen(0.098, 0.066) * wide,
        seen(0.1, 0.068) * wide,
        seen(0.094, 0.066) * wide,
        seen(0.1, 0.072) * wide,
        seen(0.112, 0.074) * wide,
        seen(0.112, 0.06) * wide,
        seen(0.038, 0.036) * wide,
      ],
      ends: [0.4, 0.2],
      ...{ lift: 0.01, colour },
    },
  ];
}

function headLimbs(look: Appearance, trunk: Frame, neck: Vector, camera: PinholeCamera): Limb[] {
  const h = look.height;
  const up = (by: number, front = 0): Vector =>
    plus(neck, plus(times(trunk.up, by * h), times(trunk.front, front * h)));
  const where = azimuth(camera, trunk, up(0.1));
  const lips = blend(look.skin, [150, 60, 60], 0.45);
  const colour = (along: number, across: number): Colour => {
    const turned = Math.abs(where(across));
    if (along > 0.82 || turned > 1.75 || (turned > 1.25 && along > 0.45)) return look.hair;
    if (along > 0.5 && along < 0.62 && Math.abs(turned - 0.42) < 0.17) return [50, 40, 38];
    if (along > 0.64 && along < 0.7 && Math.abs(turned - 0.42) < 0.24) return look.hair;
    if (turned < 0.12 && along > 0.3 && along < 0.5) return shade(look.skin, 0.88);
    if (turned < 0.3 && along > 0.16 && along < 0.23) return lips;
    return look.skin;
  };
  const head: Limb[] = [
    { from: up(-0.02), to: up(0.05), radii: [0.032 * h, 0.03 * h], colour: shade(look.skin, 0.85) },
    {
      from: up(0.055, 0.012),
      to: up(0.13, 0.012),
      radii: [0.038 * h, 0.05 * h, 0.052 * h, 0.05 * h],
      ...{ colour, lift: 0.01 },
    },
    { from: up(0.085, 0.055), to: up(0.1, 0.06), radii: [0.009 * h, 0.006 * h], colour: shade(look.skin, 0.95) },
  ];
  if (!look.hat) return head;
  const brim = (right: number, front: number): Vector => plus(up(0.137, 0.012 + front), times(trunk.right, right * h));
  const { hat } = look;
  return [
    ...head,
    {
      from: up(0.138, 0.012),
      to: up(0.165, 0.01),
      radii: [0.064 * h, 0.062 * h, 0.052 * h],
      ends: [0.1, 0.5],
      lift: 0.03,
      colour: hat,
    },
    { from: brim(-0.058, 0), to: brim(0.058, 0), radii: [0.011 * h, 0.011 * h], lift: 0.03, colour: shade(hat, 0.9) },
    { from: brim(0, -0.058), to: brim(0, 0.085), radii: [0.02 * h, 0.011 * h], lift: 0.02, colour: shade(hat, 0.9) },
    { from: up(0.15, -0.03), to: up(0.188, 0.01), radii: [0.01 * h, 0.01 * h], lift: 0.05, colour: shade(hat, 0.95) },
  ];
}
