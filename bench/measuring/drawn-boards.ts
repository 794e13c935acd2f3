import type { Camera, Plane, Pose } from '@millwright/imaging';
import { drawCheckerboard } from '@millwright/imaging/test-support';

/** The camera that the boards are drawn with. */
export const knownCamera: Camera = {
  ...{ fx: 630, fy: 634, cx: 238.3, cy: 181.7 },
  ...{ k1: -0.18, k2: 0.06, p1: 0.0012, p2: -0.0008 },
};
export const boardSize = { width: 480, height: 360 };
export const boardSquares = [9, 6] as const;
export const squareMm = 10;

const tilts: readonly (readonly [number, number, number])[] = [
  [0.02, 0.01, 0.01],
  [0.35, 0.05, 0.02],
  [-0.35, 0.1, 0.1],
  [0.05, 0.4, -0.1],
  [0.05, -0.4, 0.15],
  [0.28, -0.32, -0.4],
  [-0.3, -0.25, 0.3],
  [0.2, 0.3, 0.05],
];
export const boardPoses: readonly Pose[] = tilts.map((rotation, at) => ({
  rotation,
  translation: [-41 + (at % 3) * 6, -20 + (at % 2) * 6, 150 + at * 4],
}));

export const drawBoard = (at: number): Plane =>
  drawCheckerboard({
    ...{ ...boardSize, columns: boardSquares[0], rows: boardSquares[1], square: squareMm },
    ...{ camera: knownCamera, pose: boardPoses[at]!, blur: 0.7 },
  });
