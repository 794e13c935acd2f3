import type { Face } from '../render/draw-face.ts';
import { blend, type Colour, shade } from '../render/vector.ts';
import { groundShadow, solidFaces } from '../things/solid.ts';
import { corrugated, plainNoise } from '../things/textures.ts';
import { floor, paintedFloor, paintWhite, safetyYellow } from './hall.ts';
import type { Stage } from './stage.ts';

/** A yard under an overcast sky: asphalt, a warehouse with two loading doors, containers, a pedestrian crossing. */
export function yardStage(): Stage {
  const size = { left: -40, right: 40, near: -3, far: 45, height: 0 };
  const marks = (x: number, z: number): Colour | undefined => {
    if (z > 8.5 && z < 11.7 && Math.abs(x) < 1.5) return Math.floor((z - 8.5) / 0.4) % 2 === 0 ? paintWhite : undefined;
    if (Math.abs(z - 8.2) < 0.06 || Math.abs(z - 12) < 0.06) return Math.abs(x) > 1.8 ? safetyYellow : undefined;
    return undefined;
  };
  const sky: Face = {
    corners: [
      [-60, 30, 44],
      [60, 30, 44],
      [60, 0, 44],
      [-60, 0, 44],
    ],
    brightness: 1,
    colour: (u, v) => {
      const clouds = plainNoise(5, u * 14, v * 7) * 0.6 + plainNoise(6, u * 40, v * 20) * 0.4;
      if (v > 0.9) return shade([92, 110, 88], 0.9 + 0.2 * plainNoise(7, u * 300, v * 60));
      return blend([168, 186, 204], [222, 228, 232], clouds * 0.7 + v * 0.3);
    },
  };
  const doors = (u: number, v: number): Colour => {
    const along = (u * 3) % 1;
    if (v > 0.35 && along > 0.25 && along < 0.75) return shade([212, 214, 212], 0.92 + 0.06 * Math.sin(v * 70));
    if (v > 0.3 && along > 0.22 && along < 0.78) return [60, 66, 70];
    if (v < 0.1) return [38, 86, 140];
    return corrugated([178, 184, 186], u * 20);
  };
  const container =
    (base: Colour) =>
    (u: number, v: number): Colour =>
      v < 0.05 || v > 0.95 || u < 0.02 || u > 0.98 ? shade(base, 0.7) : shade(corrugated(base, u * 6), 1);
  const solids = [
    { at: [-4, 0, 24], size: [22, 6, 8], heading: 0, colour: doors } as const,
    { at: [11.5, 0, 19], size: [2.5, 2.6, 6], heading: 0.5, colour: container([150, 66, 48]) } as const,
    { at: [15.5, 0, 22], size: [2.5, 2.6, 6], heading: 0.4, colour: container([52, 92, 118]) } as const,
    { at: [-6.8, 0, 8], size: [1.1, 1, 1.1], heading: 0.2, colour: [150, 116, 78] } as const,
  ];
  return {
    camera: { position: [0, 3.4, -2.6], pitch: 0.12, view: 0.9 },
    faces: [sky, floor(size, paintedFloor(31, [136, 138, 138], marks)), ...solids.flatMap(solidFaces)],
    shadows: solids.map(({ at, size: [width, , deep], heading }) =>
      groundShadow([...at], width * 0.65, deep * 0.75, heading, 0.5),
    ),
  };
}
