import type { Colour } from '../render/vector.ts';
import { endWall, floor, machine, paintedFloor, paintWhite, rack, sideWall } from './hall.ts';
import type { Stage } from './stage.ts';

/** A green walkway across the picture, machines behind it, racks before the wall. */
export function walkwayStage(): Stage {
  const size = { left: -9, right: 9, near: -2, far: 14, height: 5 };
  const marks = (_x: number, z: number): Colour | undefined => {
    if (Math.abs(z - 5.2) < 0.05 || Math.abs(z - 7.2) < 0.05) return paintWhite;
    return z > 5.2 && z < 7.2 ? [86, 132, 96] : undefined;
  };
  const parts = [
    machine([-3.6, 0, 9.4], 0),
    machine([2.6, 0, 9.6], 0),
    rack([-0.6, 0, 12.6], 5, 0, 5),
    rack([6, 0, 12.4], 4, 0, 2),
  ];
  return {
    camera: { position: [0, 3, -0.4], pitch: 0.21, view: 1.05 },
    faces: [
      floor(size, paintedFloor(23, [158, 156, 150], marks)),
      ...endWall(size, [182, 184, 178]),
      sideWall(size, 'left', [170, 172, 166]),
      sideWall(size, 'right', [170, 172, 166]),
      ...parts.flatMap(({ faces }) => faces),
    ],
    shadows: parts.flatMap(({ shadows }) => shadows),
  };
}
