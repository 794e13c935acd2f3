import { type Plane, seededRandom } from '@millwright/imaging';
import {
  circleShape,
  drawShape,
  rectangleShape,
  type SignedDistance,
  union,
  withNoise,
} from '@millwright/imaging/test-support';
import { describe, expect, it } from 'vitest';
import type { Calibration } from './calibration.ts';
import { conformityOf } from './conformity.ts';
import { cutPattern } from './find-datum-pattern.ts';
import { type MeasuredFeature, measurePicture } from './measure-picture.ts';
import { type MeasuringPlan, planSchema } from './plan.ts';

/** A dark plate with two holes, its edges at known places: 120.4 x 70.2 px, turned and moved as wanted. */
function plate({
  x = 110,
  y = 80,
  turn = 0,
  blur = 0.8,
  noise = 0.005,
  seed = 1,
  inside = 0.2,
  outside = 0.8,
} = {}): Plane {
  const cos = Math.cos((turn * Math.PI) / 180);
  const sin = Math.sin((turn * Math.PI) / 180);
  const at = (u: number, v: number): [number, number] => [x + u * cos - v * sin, y + u * sin + v * cos];
  const body = rectangleShape(x, y, 120.4, 70.2, turn);
  const holes = union(circleShape(...at(-35.3, 5.1), 14.27), circleShape(...at(30.2, 5.1), 10.15));
  const shape: SignedDistance = (u, v) => Math.max(body(u, v), -holes(u, v));
  return drawShape({ width: 220, height: 160, shape, inside, outside, blur, noise, seed });
}

const drawn = plate();

const features = [
  { name: 'left', tool: 'line', region: { x: 49.8, y: 80, length: 24, width: 40 } },
  { name: 'top', tool: 'line', region: { x: 110, y: 45, angle: 90, length: 24, width: 80 } },
  {
    name: 'width',
    tool: 'caliper',
    region: { x: 110, y: 60, length: 160, width: 12 },
    between: 'dark',
    nominal: 120.4,
    plus: 0.1,
    minus: 0.1,
  },
  { name: 'hole', tool: 'circle', region: { x: 75, y: 85, inner: 6, outer: 21 }, polarity: 'falling' },
  { name: 'small', tool: 'circle', region: { x: 140, y: 85, inner: 4, outer: 17 }, measure: 'radius' },
  { name: 'pitch', tool: 'distance', of: ['hole', 'small'], nominal: 65.5, plus: 0.05, minus: 0.05 },
  { name: 'from the edge', tool: 'distance', of: ['left', 'hole'] },
  { name: 'corner', tool: 'angle', of: ['left', 'top'], nominal: 90, plus: 0.5, minus: 0.5 },
  { name: 'area', tool: 'area', region: { x: 110, y: 80, width: 180, height: 120 }, object: 'dark' },
  { name: 'corner x', tool: 'crossing', of: ['left', 'top'] },
  { name: 'edge', tool: 'edge', region: { x: 49.8, y: 60, length: 24, width: 10 } },
  { name: 'roundness', tool: 'value', of: ['hole'], measure: 'roundness' },
] as const;
const planOf = (more: object = {}): MeasuringPlan => planSchema.parse({ format: 1, features, ...more });
const byName = (found: readonly MeasuredFeature[]) => Object.fromEntries(found.map((one) => [one.name, one]));
const area = 120.4 * 70.2 - Math.PI * (14.27 ** 2 + 10.15 ** 2);

describe('a part', () => {
  it('is measured within hundredths of a pixel, each value with its uncertainty', () => {
    const { features: found, verdict, datum } = measurePicture(drawn, planOf());
    const { width, hole, small, pitch, corner, edge, roundness, area: whole, ...other } = byName(found);
    expect(width!.value).toBeCloseTo(120.4, 1.5);
    expect(2 * 14.27 - hole!.value!).toBeCloseTo(0, 1.5);
    expect(small!.value).toBeCloseTo(10.15, 1.5);
    expect(pitch!.value).toBeCloseTo(65.5, 1.5);
    expect(pitch!.deviation).toBeCloseTo(pitch!.value! - 65.5, 9);
    expect(other['from the edge']!.value).toBeCloseTo(60.2 - 35.3, 1.5);
    expect(corner!.value).toBeCloseTo(90, 0.7);
    expect(other['corner x']!.value).toBeCloseTo(49.8, 1.3);
    expect(edge!.value).toBeCloseTo(49.8, 1.5);
    expect(roundness!.value).toBeLessThan(0.12);
    expect(Math.abs(whole!.value! / area - 1)).toBeLessThan(0.001);
    expect(whole!.unit).toBe('px2');
    expect(found.map((one) => one.verdict)).toEqual(found.map(() => 'ok'));
    for (const { uncertainty, budget } of found) {
      expect(uncertainty).toBeGreaterThan(0);
      expect(budget).toMatchObject({ calibration: 0, scale: 0 });
    }
    expect(verdict).toBe('ok');
    expect(datum).toBeNull();
  });

  it('has errors as large as the uncertainty says, over 20 noises', () => {
    const plan = planSchema.parse({ format: 1, features: features.slice(2, 6) });
    const truth = [120.4, 28.54, 10.15, 65.5];
    const ratios = truth.map(() => 0);
    const clean = plate({ noise: 0 });
    for (let seed = 0; seed < 20; seed++) {
      const { features: found } = measurePicture(withNoise(clean, 0.02, seed), plan);
      for (const [at, { value, uncertainty }] of found.entries())
        ratios[at]! += ((value! - truth[at]!) / uncertainty!) ** 2 / 20;
    }
    for (const ratio of ratios) {
      expect(Math.sqrt(ratio)).toBeGreaterThan(0.5);
      expect(Math.sqrt(ratio)).toBeLessThan(2);
    }
  });

  it('that lies elsewhere and turned is measured in its own coordinates', () => {
    const origin = {
      name: 'origin',
      tool: 'circle',
      region: { x: 80, y: 88, inner: 2, outer: 40 },
      select: 'first',
      measure: 'x',
    };
    const axis = {
      name: 'axis',
      tool: 'line',
      region: { x: 110, y: 45, angle: 90, length: 60, width: 50 },
      select: 'first',
    };
    const hole = { name: 'x of small', tool: 'circle', region: features[4].region, measure: 'x' };
    const plan = planOf({
      datum: { origin: 'origin', axis: 'axis', x: 74.7, y: 85.1, angle: 0 },
      features: [origin, axis, hole, ...features],
    });
    const moved = measurePicture(plate({ x: 118, y: 84, turn: 6 }), plan);
    expect(moved.datum).toMatchObject({ angle: expect.closeTo(6, 1) });
    const found = byName(moved.features);
    expect(found['x of small']!.value).toBeCloseTo(65.5, 1.3);
    expect(found.width!.value).toBeCloseTo(120.4, 1.3);
    expect(found.hole!.value).toBeCloseTo(28.54, 1.3);
    expect(found.top!.value).toBeCloseTo(0, 1);
    expect(Math.abs(found.area!.value! / area - 1)).toBeLessThan(0.002);
    const away = measurePicture(plate({ x: 300 }), plan).features;
    expect(away[2]!.reason).toMatchObject({ code: 'manuvision-measuring.datum-missing', values: { name: 'origin' } });
  });

  it('that lies elsewhere and turned is found by a pattern, and measures the same', () => {
    const pattern = cutPattern(drawn, { x: 42, y: 38, width: 76, height: 84 });
    const plan = planOf({ datum: { pattern } });
    const here = byName(measurePicture(drawn, plan).features);
    const { features: found, datum } = measurePicture(plate({ x: 121, y: 72, turn: 7, seed: 2 }), plan);
    expect(datum!.angle).toBeCloseTo(7, 0);
    for (const name of ['width', 'hole', 'small', 'pitch', 'from the edge']) {
      const { value, uncertainty } = byName(found)[name]!;
      expect(Math.abs(value! - here[name]!.value!)).toBeLessThan(0.05);
      expect(uncertainty).toBeLessThan(3 * here[name]!.uncertainty!);
    }
    const empty = { ...drawn, data: drawn.data.map(() => 0.5) };
    const reason = measurePicture(empty, plan).features[0]!.reason!;
    expect(reason.code).toBe('manuvision-measuring.pattern-missing');
    const damaged = planOf({ datum: { pattern: { ...pattern, grey: 'AAAA' } } });
    expect(measurePicture(drawn, damaged).features[0]!.reason!.code).toBe('manuvision-measuring.pattern-damaged');
  });

  it('is out of tolerance, or too near to the limit to say', () => {
    const wide = { ...features[2], nominal: 120, plus: 0.3 };
    expect(measurePicture(drawn, planOf({ features: [wide] })).verdict).toBe('ng');
    const limit = { nominal: 10, plus: 0.1, minus: 0.1 };
    expect(conformityOf(10.1, 0.01, limit, 'simple')).toBe('ok');
    expect(conformityOf(10.09, 0.01, limit, 'iso14253')).toBe('refused');
    expect(conformityOf(10.11, 0.01, limit, 'iso14253')).toBe('refused');
    expect(conformityOf(10.08, 0.01, limit, 'iso14253')).toBe('ok');
    expect(conformityOf(9.88, 0.01, limit, 'iso14253')).toBe('ng');
    expect(conformityOf(10.2, 0.01, { nominal: 10, minus: 0.1 }, 'iso14253')).toBe('ok');
  });

  it('is measured in mm with what the calibration adds', () => {
    const calibration: Calibration = {
      ...{ format: 1, width: 220, height: 160, squares: [9, 6], squareMm: 10, squareUncertaintyMm: 0 },
      ...{ camera: null, cameraUncertainty: null, reprojectionRms: null, pictures: [] },
      plane: {
        ...{ file: 'board.png', homography: [0.05, 0, 0, 0, 0.05, 0, 0, 0, 1], millimetresPerPixel: 0.05 },
        ...{ residualRms: 0.002, scaleUncertainty: 0.001 },
      },
    };
    const [width] = measurePicture(drawn, planOf({ unit: 'mm', features: [features[2]] }), calibration).features;
    expect(width).toMatchObject({ value: expect.closeTo(6.02, 2), unit: 'mm', verdict: 'ng' });
    expect(width!.budget).toMatchObject({ calibration: expect.closeTo(0.002, 6), scale: expect.closeTo(0.00602, 4) });
    const none = measurePicture(drawn, planOf({ unit: 'mm', features: [features[2]] }));
    expect(none.features[0]!.reason!.code).toBe('manuvision-measuring.needs-calibration');
    const other = measurePicture(drawn, planOf({ unit: 'mm', features: [features[2]] }), {
      ...calibration,
      width: 9,
    });
    expect(other.features[0]!.reason!.code).toBe('manuvision-measuring.other-size');
  });
});

describe('what cannot be measured is refused with its reason', () => {
  const reasons = (plane: Plane, ...wanted: object[]) =>
    measurePicture(plane, planOf({ features: wanted })).features.map(({ reason, verdict }) => {
      expect(verdict).toBe('refused');
      return reason!.code.replace('manuvision-measuring.', '');
    });

  it('no edge, several, none of its kind, outside the picture', () => {
    const edge = features[10];
    const line = features[0];
    expect(reasons(drawn, { ...edge, region: { ...edge.region, x: 20 } })).toEqual(['even']);
    expect(reasons(drawn, { ...edge, polarity: 'rising' })).toEqual(['edge-missing']);
    expect(reasons(drawn, { ...line, region: { ...line.region, x: 110, y: 85, length: 160 } })).toEqual([
      'edge-several',
    ]);
    expect(reasons(drawn, { ...line, region: { ...line.region, y: 118, width: 60 } })).toEqual(['edge-broken']);
    expect(reasons(drawn, { ...features[2], region: { x: 110, y: 85, length: 160, width: 12 } })).toEqual([
      'pair-several',
    ]);
    expect(reasons(drawn, { ...features[2], between: 'bright' })).toEqual(['pair-missing']);
    expect(reasons(drawn, { ...edge, region: { ...edge.region, x: 5 } })).toEqual(['region-outside']);
    expect(reasons(drawn, { ...features[3], region: { x: 10, y: 85, inner: 4, outer: 17 } })).toEqual([
      'region-outside',
    ]);
  });

  it('an edge that is not clear, and a value that is uncertain by more than itself or its tolerance', () => {
    // Between the ridges of a thin frame: two pixels of bright do not tell where both of its edges are.
    const random = seededRandom(7);
    const bright = (x: number) => (x >= 50 && x < 53) || (x >= 107 && x < 110);
    const frame = drawn.data.map((_, at) => (bright(at % 220) ? 0.5 : 0.3) + 0.04 * (random() - 0.5));
    const strips = Array.from({ length: 60 }, (_, at) => ({
      ...{ name: `at ${at}`, tool: 'caliper', select: 'widest' },
      region: { x: 80, y: 10 + 2 * at, length: 100, width: 1 },
    }));
    const { features: found } = measurePicture({ ...drawn, data: frame }, planOf({ features: strips }));
    const unclear = found.filter(({ verdict }) => verdict === 'refused');
    expect(new Set(unclear.map(({ reason }) => reason!.code))).toEqual(new Set(['manuvision-measuring.edge-unclear']));
    for (const { value, uncertainty, verdict } of found)
      if (verdict === 'ok') expect(uncertainty).toBeLessThan(0.1 * value!);
    const known = { ...features[2], nominal: 120.4, plus: 0.01, minus: 0.01, repeatability: 0.05 };
    expect(reasons(drawn, known, { ...features[2], name: 'wild', repeatability: 100 })).toEqual([
      'too-uncertain',
      'too-uncertain',
    ]);
    const surelyOut = { ...known, nominal: 110 };
    expect(measurePicture(drawn, planOf({ features: [surelyOut] })).verdict).toBe('ng');
  });

  it('a shape that is not there, an object cut off, and what is made of them', () => {
    const whole = features[8];
    expect(reasons(drawn, { ...whole, region: { ...whole.region, width: 60 } })).toEqual(['object-cut']);
    expect(
      reasons(drawn, { ...features[3], region: { x: 50, y: 46, inner: 5, outer: 30 }, polarity: 'any' }),
    ).toHaveLength(1);
    const gone = { ...features[3], region: { x: 110, y: 60, inner: 3, outer: 9 } };
    expect(reasons(drawn, gone, { name: 'd', tool: 'distance', of: ['hole', 'hole'] })).toEqual([
      'even',
      'part-refused',
    ]);
    const [, , , parallel] = measurePicture(
      drawn,
      planOf({
        features: [
          features[0],
          { ...features[0], name: 'again' },
          features[3],
          { name: 'c', tool: 'crossing', of: ['left', 'again'] },
        ],
      }),
    ).features;
    expect(parallel!.reason!.code).toMatch(/parallel/);
  });

  it('all black, all white, saturated, noise alone', () => {
    for (const value of [0, 1]) {
      const plane = { width: 220, height: 160, data: new Float32Array(220 * 160).fill(value) };
      expect(new Set(reasons(plane, ...features))).toEqual(new Set(['even', 'part-refused']));
    }
    const random = seededRandom(3);
    const noise = { width: 220, height: 160, data: Float32Array.from({ length: 220 * 160 }, random) };
    expect(measurePicture(noise, planOf()).verdict).toBe('refused');
    const bright = { ...plate({ outside: 1.1, inside: 0.3 }) };
    const clipped = { ...bright, data: bright.data.map((value) => Math.min(value, 1)) };
    const [width] = measurePicture(clipped, planOf({ features: [features[2]] })).features;
    expect(width!.notes.map(({ code }) => code)).toEqual(['manuvision-measuring.saturated']);
  });
});

it('a plan says what is wrong with it', () => {
  const wrong = (plan: object) => planSchema.safeParse({ format: 1, features, ...plan }).error?.issues[0]?.message;
  expect(wrong({ features: [features[0], features[0]] })).toMatch(/two features/);
  expect(wrong({ features: [{ name: 'd', tool: 'distance', of: ['a', 'b'] }] })).toMatch(/"a" is not the name/);
  expect(wrong({ datum: { origin: 'nothing', x: 0, y: 0 } })).toMatch(/"nothing"/);
  expect(wrong({ features: [{ ...features[3], region: { x: 0, y: 0, inner: 9, outer: 10 } }] })).toMatch(
    /at least 5 px/,
  );
});
