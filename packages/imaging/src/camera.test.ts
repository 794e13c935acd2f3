import { describe, expect, it } from 'vitest';
import { calibrateCamera } from './calibrate-camera.ts';
import { directionOf, type Pose, projectPlanePoint, rotationMatrix, rotationVector, seenAt } from './camera.ts';
import { findCheckerboard } from './find-checkerboard.ts';
import { drawCheckerboard } from './test/index.ts';

const camera = { fx: 420, fy: 424, cx: 158.3, cy: 121.7, k1: -0.18, k2: 0.06, p1: 0.0012, p2: -0.0008 };
const tilts: readonly (readonly [number, number, number])[] = [
  ...([
    [0.02, 0.01, 0.01],
    [0.35, 0.05, 0.02],
    [-0.35, 0.1, 0.1],
  ] as const),
  ...([
    [0.05, 0.4, -0.1],
    [0.05, -0.4, 0.15],
    [0.28, -0.32, -0.4],
  ] as const),
];
const poses = tilts.map(
  (rotation, at): Pose => ({ rotation, translation: [-41 + (at % 3) * 6, -20 + (at % 2) * 6, 150 + at * 4] }),
);
const board = Array.from({ length: 40 }, (_, at) => ({ x: (at % 8) * 10, y: Math.floor(at / 8) * 10 }));
const size = { width: 320, height: 240, columns: 9, rows: 6, square: 10 };

it('a camera sees what it sees from where it is', () => {
  const direction = { x: 0.31, y: -0.22 };
  expect(directionOf(camera, seenAt(camera, direction))).toMatchObject({
    x: expect.closeTo(0.31, 10),
    y: expect.closeTo(-0.22, 10),
  });
  for (const rotation of [
    [0.1, -0.4, 2.2],
    [0, 0, 0],
    [Math.PI, 0, 0],
  ] as [number, number, number][])
    for (const [at, value] of rotationVector(rotationMatrix(rotation)).entries())
      expect(value).toBeCloseTo(rotation[at]!, 6);
});

describe('a checkerboard', () => {
  it('calibrates a camera: focal length within 0.5 %, corners within 0.05 px', { timeout: 20_000 }, () => {
    const views = poses.map((pose, at) => {
      const found = findCheckerboard(drawCheckerboard({ ...size, camera, pose, noise: 0.01, seed: at }), 8, 5);
      const truth = board.map((point) => projectPlanePoint(camera, pose, point));
      // The board looks the same from both ends but for its colours.
      const error = Math.max(
        ...found.corners!.map(({ x, y }, one) => Math.hypot(x - truth[one]!.x, y - truth[one]!.y)),
      );
      expect(error).toBeLessThan(0.1);
      return found.corners!;
    });
    const found = calibrateCamera(board, views, 320, 240)!;
    expect(Math.abs(found.camera.fx / camera.fx - 1)).toBeLessThan(0.005);
    expect(Math.abs(found.camera.fy / camera.fy - 1)).toBeLessThan(0.005);
    expect(Math.hypot(found.camera.cx - camera.cx, found.camera.cy - camera.cy)).toBeLessThan(1);
    expect(found.camera.k1).toBeCloseTo(camera.k1, 1);
    expect(found.rms).toBeLessThan(0.05);
    expect(Math.abs(found.camera.fx - camera.fx)).toBeLessThan(5 * found.uncertainty.fx);
    expect(calibrateCamera(board, views.slice(0, 2), 320, 240)).toBeUndefined();
  });

  it('exact corners give the camera exactly', () => {
    const views = poses.map((pose) => board.map((point) => projectPlanePoint(camera, pose, point)));
    const found = calibrateCamera(board, views, 320, 240)!;
    expect(found.rms).toBeLessThan(1e-6);
    for (const name of ['fx', 'fy', 'cx', 'cy', 'k1', 'k2', 'p1', 'p2'] as const)
      expect(found.camera[name]).toBeCloseTo(camera[name], 4);
  });

  it('of another size, cut off, or absent is not taken for the one wanted', () => {
    const plane = drawCheckerboard({ ...size, camera, pose: poses[0]! });
    expect(findCheckerboard(plane, 9, 6)).toEqual({ corners: null, columns: 8, rows: 5 });
    const cut = { ...plane, width: plane.width, height: 150, data: plane.data.slice(0, 320 * 150) };
    expect(findCheckerboard(cut, 8, 5).corners).toBeNull();
    expect(findCheckerboard({ width: 64, height: 48, data: new Float32Array(64 * 48) }, 8, 5)).toEqual({
      ...{ corners: null, columns: 0, rows: 0 },
    });
  });
});
