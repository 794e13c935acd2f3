import type { Colour } from '../render/vector.ts';
import { endWall, floor, machine, openGate, paintedFloor, rack, safetyYellow, sideWall } from './hall.ts';
import type { Stage } from './stage.ts';

/** A hall with an open gate at its end, racks on the left, a machine on the right behind a yellow line. */
export function gateStage(): Stage {
  const size = { left: -7, right: 7, near: -2, far: 13, height: 5.2 };
  const gate = { x: 0, width: 3.6, height: 3.3 };
  const isNear = (value: number, at: number, half = 0.06) => Math.abs(value - at) < half;
  const marks = (x: number, z: number): Colour | undefined => {
    if ((isNear(x, -2.2) || isNear(x, 2.2)) && z > 1) return safetyYellow;
    const inMachineArea = x > 2.9 && x < 6.4 && z > 6.2 && z < 9.6;
    if (inMachineArea && (isNear(x, 3, 0.1) || isNear(z, 6.3, 0.1)))
      return Math.floor((x + z) * 4) % 2 === 0 ? safetyYellow : [50, 50, 50];
    return undefined;
  };
  const parts = [
    rack([-5, 0, 8.6], 4.2, Math.PI / 2, 3),
    rack([-5, 0, 4], 3.4, Math.PI / 2, 8),
    machine([4.9, 0, 8.8], 0),
  ];
  return {
    camera: { position: [0.4, 3.1, -1.2], pitch: 0.2, yaw: -0.03, view: 1.02 },
    faces: [
      floor(size, paintedFloor(11, [150, 150, 146], marks)),
      ...endWall(size, [168, 178, 182], gate),
      ...openGate(size, gate),
      sideWall(size, 'left', [160, 168, 172]),
      sideWall(size, 'right', [160, 168, 172]),
      ...parts.flatMap(({ faces }) => faces),
    ],
    shadows: parts.flatMap(({ shadows }) => shadows),
  };
}
