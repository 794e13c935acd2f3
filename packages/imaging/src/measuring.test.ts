import { describe, expect, it } from 'vitest';
import { contoursAt, polygonArea, polygonPerimeter } from './contour.ts';
import { fitCircle, fitCircleRobustly } from './fit-circle.ts';
import { crossing, fitLineRobustly, offLine } from './fit-line.ts';
import { applyTransform, composeTransforms, fitHomography, invertTransform } from './homography.ts';
import { leastSquares } from './least-squares.ts';
import { normalCumulative } from './normal-distribution.ts';
import { profileEdges } from './profile-edges.ts';
import { scanRectangle, scanRing } from './scan.ts';
import { seededRandom } from './seeded-random.ts';
import { circleShape, drawShape, rectangleShape } from './test/index.ts';
import type { Transform } from './warp.ts';

describe('an edge', () => {
  /** Root mean square error over sub-pixel positions, pixels; 20 rows are averaged, contrast is 0.5. */
  function edgeError(blur: number, noise: number): number {
    let sum = 0;
    for (let part = 0; part < 10; part++) {
      const width = 30 + part * 0.1;
      const shape = rectangleShape(40, 20, width, 200);
      const plane = drawShape({
        ...{ width: 80, height: 40, inside: 0.7, outside: 0.2 },
        shape,
        blur,
        noise,
        seed: part,
      });
      const [scan] = scanRectangle(plane, { x: 25, y: 20, angle: 0, length: 30, width: 20 }, 1);
      const edges = profileEdges(scan!.profile, { minContrast: 0.1 });
      expect(edges).toHaveLength(1);
      expect(edges[0]!.contrast).toBeCloseTo(0.5, 1);
      sum += (scan!.placeOf(edges[0]!.position).x - (40 - width / 2)) ** 2 / 10;
    }
    return Math.sqrt(sum);
  }

  it.each([0, 0.7, 1.5, 3])('blurred by %s pixels is placed within 0.002 px, with 2 %% noise within 0.05', (blur) => {
    expect(edgeError(blur, 0)).toBeLessThan(0.002);
    expect(edgeError(blur, 0.02)).toBeLessThan(blur > 2 ? 0.05 : 0.03);
  });

  it('within one sample is as certain as its step is high, however little of its blur is known', () => {
    const random = seededRandom(5);
    let sharp = 0;
    for (let part = 0; part < 300; part++) {
      const profile = Float64Array.from(
        { length: 30 },
        (_, x) => (x < 14 || x > 16 ? 0.3 : 0.5) + 0.04 * (random() - 0.5),
      );
      for (const { blur, uncertainty } of profileEdges(profile, { minContrast: 0.1 }))
        if (blur < 0.2 && ++sharp) expect(uncertainty).toBeLessThan(1);
    }
    expect(sharp).toBeGreaterThan(100);
  });

  it('is told from its neighbour, and noise from an edge', () => {
    const step = (x: number, at: number) => normalCumulative((x - at) / 0.8);
    const profile = Float64Array.from({ length: 40 }, (_, x) => 0.2 + 0.5 * step(x, 12.3) - 0.4 * step(x, 19.6));
    const edges = profileEdges(profile, { minContrast: 0.1 });
    expect(edges.map(({ position }) => position)).toEqual([expect.closeTo(12.3, 1), expect.closeTo(19.6, 1)]);
    expect(edges.map(({ contrast }) => Math.sign(contrast))).toEqual([1, -1]);
    const ramp = Float64Array.from({ length: 60 }, (_, x) => 0.1 + 0.01 * x + 0.004 * Math.sin(x * x));
    for (const { contrast } of profileEdges(ramp, { minContrast: 0.05 })) expect(Math.abs(contrast)).toBeLessThan(1.3);
    expect(profileEdges(new Float64Array(40).fill(0), { minContrast: 0.1 })).toEqual([]);
    expect(profileEdges(new Float64Array(3), { minContrast: 0.1 })).toEqual([]);
  });
});

describe('a circle', () => {
  it('is found by its edges, the blur that shrinks it known', () => {
    const plane = drawShape({
      ...{ width: 100, height: 100, shape: circleShape(50.37, 49.62, 21.23), inside: 0.7, outside: 0.2 },
      ...{ blur: 1, noise: 0.01 },
    });
    const edges = scanRing(plane, { x: 50, y: 50, inner: 12, outer: 32, from: 0, to: 360 }, 64).flatMap((scan) =>
      profileEdges(scan.profile, { minContrast: 0.2 }).map((edge) => ({ ...scan.placeOf(edge.position), edge })),
    );
    const circle = fitCircleRobustly(edges)!;
    const blur = edges.reduce((sum, { edge }) => sum + (edge.blur ** 2 + 1 / 12) / edges.length, 0);
    expect(circle.radius + blur / (2 * circle.radius)).toBeCloseTo(21.23, 1.7);
    expect(Math.hypot(circle.x - 50.37, circle.y - 49.62)).toBeLessThan(0.03);
    expect(circle.uncertainty.radius).toBeLessThan(0.02);
  });

  it('stands against 40 % of points that are not on it', () => {
    const points = Array.from({ length: 50 }, (_, at) => {
      const radius = at % 5 < 2 ? 5 + at / 4 : 10;
      return { x: 3 + radius * Math.cos(at * 0.7), y: 4 + radius * Math.sin(at * 0.7) };
    });
    expect(fitCircleRobustly(points)).toMatchObject({ x: expect.closeTo(3, 3), radius: expect.closeTo(10, 3) });
    expect(fitCircleRobustly(points)!.inliers.length).toBeLessThan(35);
    expect(fitCircle(points)!.radius).not.toBeCloseTo(10, 1);
    expect(fitCircle([0, 1, 2, 3].map((at) => ({ x: at, y: 2 * at })))).toBeUndefined();
  });
});

it('a line stands against points that are not on it, and crosses another', () => {
  const points = Array.from({ length: 20 }, (_, at) => ({ x: at, y: at % 4 === 0 ? 50 - at : 1 + at / 2 }));
  const line = fitLineRobustly(points)!;
  expect(line.inliers).toHaveLength(15);
  expect(offLine(line, { x: 10, y: 6 })).toBeCloseTo(0, 9);
  expect(crossing(line, { point: { x: 4, y: 0 }, direction: { x: 0, y: 1 } })).toMatchObject({
    x: 4,
    y: expect.closeTo(3),
  });
  expect(crossing(line, { point: { x: 4, y: 0 }, direction: line.direction })).toBeUndefined();
});

it('a contour encloses the area of what was drawn, a hole runs the other way', () => {
  const plane = drawShape({
    ...{ width: 60, height: 50, inside: 1, outside: 0, blur: 0.8 },
    shape: (x, y) => Math.max(rectangleShape(30, 25, 40.5, 30.25)(x, y), -circleShape(30, 25, 8)(x, y)),
  });
  const contours = contoursAt(plane, 0.5);
  expect(contours.map(({ closed }) => closed)).toEqual([true, true]);
  const [outer, hole] = contours.map(({ points }) => polygonArea(points));
  expect(outer!.area).toBeCloseTo(40.5 * 30.25 - Math.PI * 0.72, -0.7);
  expect(hole!.area).toBeCloseTo(Math.PI * (64 - 0.72), -0.3);
  expect(hole!.centre.x).toBeCloseTo(30, 2);
  expect(polygonPerimeter(contours[0]!.points)).toBeCloseTo(2 * (40.5 + 30.25) - 3, -0.5);
  expect(contoursAt(plane, 0.5, { x: 0, y: 0, width: 30, height: 50 }).some(({ closed }) => closed)).toBe(false);
  expect(contoursAt(plane, 2)).toEqual([]);
});

it('a homography is found from points, and taken back', () => {
  const known: Transform = [1.2, 0.1, 30, -0.2, 0.9, 12, 1e-4, -2e-4, 1];
  const from = [0, 1, 2, 3, 4, 5].map((at) => ({ x: (at % 3) * 100, y: Math.floor(at / 3) * 90 + at * at }));
  const to = from.map((point) => applyTransform(known, point));
  for (const count of [4, 6]) {
    const found = fitHomography(from.slice(6 - count), to.slice(6 - count))!;
    for (const [at, cell] of found.entries()) expect(cell).toBeCloseTo(known[at]!, 6);
  }
  const still = composeTransforms(invertTransform(known)!, known);
  for (const [at, cell] of still.entries()) expect(cell / still[8]).toBeCloseTo(at % 4 === 0 ? 1 : 0, 9);
  expect(fitHomography(from.slice(0, 3), to.slice(0, 3))).toBeUndefined();
  expect(
    fitHomography(
      [0, 1, 2, 3].map((at) => ({ x: at, y: at })),
      to.slice(0, 4),
    ),
  ).toBeUndefined();
});

it('least squares find the minimum, and say how sure', () => {
  // Rosenbrock's valley as residuals.
  const fit = leastSquares({
    ...{ start: [-1.2, 1], observations: 2 },
    evaluate([x, y], residuals, jacobian) {
      residuals.set([10 * (y! - x! * x!), 1 - x!]);
      jacobian?.set([-20 * x!, 10, -1, 0]);
    },
  });
  expect([...fit.parameters]).toEqual([expect.closeTo(1, 6), expect.closeTo(1, 6)]);
  // A mean of four: its standard uncertainty is the deviation over the root of four.
  const mean = leastSquares({
    ...{ start: [0], observations: 4 },
    evaluate([m], residuals, jacobian) {
      residuals.set([m! - 1, m! - 2, m! - 3, m! - 4]);
      jacobian?.fill(1);
    },
  });
  expect(mean.parameters[0]).toBeCloseTo(2.5, 9);
  expect(Math.sqrt(mean.covariance![0]!)).toBeCloseTo(Math.sqrt(5 / 3) / 2, 9);
});

it('the normal distribution has the values of its tables', () => {
  expect(normalCumulative(0)).toBeCloseTo(0.5, 14);
  expect(normalCumulative(1.959963984540054)).toBeCloseTo(0.975, 12);
  expect(normalCumulative(-8)).toBeCloseTo(6.2209605e-16, 22);
});
