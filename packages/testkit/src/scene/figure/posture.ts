/** How the joints of a body stand; angles in radians. */
export interface Posture {
  /** Legs and arms: forwards positive; the left, then the right. */
  readonly hips: readonly [number, number];
  readonly knees: readonly [number, number];
  readonly shoulders: readonly [number, number];
  readonly elbows: readonly [number, number];
  /** Of the trunk, forwards. */
  readonly lean: number;
  /** 0 upright, 1 lying on the back. */
  readonly fallen: number;
}

const cycleMetres = 1.42;

/** Walking: `metres` walked so far set the phase, `speed` in m/s how far the limbs swing. Gait after Winter 2009, simplified to two harmonics. */
export function walking(metres: number, speed: number): Posture {
  const phase = (metres / cycleMetres) * 2 * Math.PI;
  const swing = Math.min(1.25, speed / 1.25);
  const leg = (at: number) => 0.06 * swing + 0.46 * swing * Math.sin(at);
  // The knee gives way while its leg comes forwards.
  const knee = (at: number) => 0.06 + swing * (0.1 + 0.85 * Math.max(0, Math.cos(at + 0.25)) ** 1.5);
  const arm = (at: number) => -0.5 * swing * Math.sin(at) + 0.03;
  return {
    hips: [leg(phase), leg(phase + Math.PI)],
    knees: [knee(phase), knee(phase + Math.PI)],
    shoulders: [arm(phase), arm(phase + Math.PI)],
    elbows: [0.25 + 0.25 * swing, 0.25 + 0.25 * swing],
    lean: 0.04 * swing,
    fallen: 0,
  };
}

/** Working with both hands on something before the body; `turns` counts the movements. */
export function working(turns: number): Posture {
  const move = Math.sin(turns * 2 * Math.PI);
  const other = Math.sin(turns * 4 * Math.PI + 1);
  return {
    hips: [0.05, -0.05],
    knees: [0.06, 0.06],
    shoulders: [0.75 + 0.25 * move, 0.75 - 0.2 * other],
    elbows: [0.9 - 0.3 * move, 0.9 + 0.2 * other],
    lean: 0.1 + 0.04 * move,
    fallen: 0,
  };
}

/** Between two postures; `part` 0 is the first. */
export function between(a: Posture, b: Posture, part: number): Posture {
  const mix = (from: number, to: number) => from + (to - from) * part;
  const pair = (from: readonly [number, number], to: readonly [number, number]) =>
    [mix(from[0], to[0]), mix(from[1], to[1])] as const;
  return {
    hips: pair(a.hips, b.hips),
    knees: pair(a.knees, b.knees),
    shoulders: pair(a.shoulders, b.shoulders),
    elbows: pair(a.elbows, b.elbows),
    lean: mix(a.lean, b.lean),
    fallen: mix(a.fallen, b.fallen),
  };
}

/** Lying on the back, one knee drawn up a little. */
export const lying: Posture = {
  hips: [0.05, 0.3],
  knees: [0.1, 0.5],
  shoulders: [0.1, 0.25],
  elbows: [0.2, 0.5],
  lean: 0,
  fallen: 1,
};
