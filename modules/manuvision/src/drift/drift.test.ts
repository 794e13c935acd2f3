import { drawPart, gaussianBlur, greyPlane, type Picture, rgbBytes, seededRandom } from '@millwright/imaging';
import { describe, expect, it } from 'vitest';
import {
  driftEvery,
  driftOf,
  driftWindows,
  partsPerFalseAlarm,
  type SeenPart,
  trainingConditions,
} from './drift-watch.ts';
import { distanceLimit, largestDistance, probabilityBeyond } from './kolmogorov-smirnov.ts';
import { conditionsOf } from './picture-conditions.ts';

const { picture: drawnPart } = drawPart(1, { width: 96, height: 96 });
/** In colour. */
const picture: Picture = { ...drawnPart, channels: 3, data: rgbBytes(drawnPart) };

const mapped = (of: Picture, value: (x: number, y: number, channel: number) => number): Picture => ({
  ...of,
  data: Uint8Array.from({ length: of.data.length }, (_, at) => {
    const pixel = Math.floor(at / of.channels);
    return Math.min(Math.max(value(pixel % of.width, Math.floor(pixel / of.width), at % of.channels), 0), 255);
  }),
});
const sample = (of: Picture, x: number, y: number, channel: number) =>
  of.data[
    (Math.min(Math.max(y, 0), of.height - 1) * of.width + Math.min(Math.max(x, 0), of.width - 1)) * of.channels +
      channel
  ]!;

describe('conditions of a picture', () => {
  const own = conditionsOf(picture);

  it('brightness goes with the light, focus and place do not', () => {
    const darker = conditionsOf(mapped(picture, (x, y, c) => sample(picture, x, y, c) * 0.7));
    expect(darker.brightness / own.brightness).toBeCloseTo(0.7, 1);
    expect(darker.focus / own.focus).toBeGreaterThan(0.93);
    expect(darker.focus / own.focus).toBeLessThan(1.07);
    expect(Math.abs(darker.x - own.x)).toBeLessThan(0.005);
  });

  it('focus falls in a blurred picture', () => {
    const { data } = gaussianBlur(greyPlane(picture), 1.5);
    const grey: Picture = { width: 96, height: 96, channels: 1, depth: 8, data: Uint8Array.from(data, (v) => v * 255) };
    expect(conditionsOf(grey).focus).toBeLessThan(own.focus / 3);
    expect(conditionsOf(grey)).toMatchObject({ red: null, blue: null });
  });

  it('the place follows the part', () => {
    const moved = conditionsOf(mapped(picture, (x, y, c) => sample(picture, x - 6, y + 3, c)));
    expect(moved.x - own.x).toBeCloseTo(6 / 96, 2);
    expect(moved.y - own.y).toBeCloseTo(-3 / 96, 2);
  });

  it('colour follows the lamp', () => {
    const warm = conditionsOf(mapped(picture, (x, y, c) => sample(picture, x, y, c) * (c === 2 ? 0.8 : 1)));
    expect(own.blue! - warm.blue!).toBeGreaterThan(0.02);
  });

  it('a black picture and one of one pixel have no focus and lie in the middle', () => {
    for (const [width, height] of [
      [1, 1],
      [8, 8],
    ] as const)
      expect(conditionsOf({ width, height, channels: 1, depth: 8, data: new Uint8Array(width * height) })).toEqual({
        ...{ brightness: 0, focus: 0, x: 0.5, y: 0.5, red: null, blue: null },
      });
  });
});

describe('the test of Kolmogorov and Smirnov', () => {
  it('counts what can be counted by hand', () => {
    expect(largestDistance([1, 2, 3], [4, 5])).toBe(1);
    expect(largestDistance([1, 2, 3, 4], [1, 2, 3, 4])).toBe(0);
    // Two of the ten orders of three and two keep them apart; of two and two, two of six.
    expect(probabilityBeyond(1, 3, 2)).toBeCloseTo(2 / 10, 12);
    expect(probabilityBeyond(1, 2, 2)).toBeCloseTo(2 / 6, 12);
    expect(probabilityBeyond(0.5, 2, 2)).toBeCloseTo(1, 12);
  });

  it('agrees with the published limits of large samples', () => {
    // 1.63 * sqrt((n + m) / (n m)) at one in a hundred (Smirnov, 1948).
    expect(distanceLimit(0.01, 300, 200)).toBeCloseTo(1.63 * Math.sqrt(500 / 60_000), 2);
    expect(distanceLimit(0.01, 1, 1)).toBeGreaterThan(1);
  });
});

/** Normal by Box and Muller. */
const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

describe('drift of a line', () => {
  const drawn = (random: () => number, at: number, shift = 0): SeenPart => ({
    at: String(at).padStart(6, '0'),
    score: Math.exp(normal(random)),
    brightness: normal(random) + shift,
    ...{ focus: normal(random), x: normal(random), y: normal(random), red: normal(random), blue: normal(random) },
  });
  const trainedOn = (random: () => number, n: number) => {
    const parts = Array.from({ length: n }, (_, at) => drawn(random, at));
    return trainingConditions(
      parts,
      parts.map(({ score }) => score!),
    );
  };

  it('raises false alarms no more often than is said', () => {
    const random = seededRandom(11);
    let [alarms, parts] = [0, 0];
    for (let line = 0; line < 40; line++) {
      const training = trainedOn(random, 40 + line * 5);
      const seen: SeenPart[] = [];
      let isOpen = false;
      for (let look = 0; look < 100; look++) {
        for (let at = 0; at < driftEvery; at++) seen.push(drawn(random, parts++));
        const found = driftOf(training, seen.slice(-driftWindows[1]));
        const isChanged = found.some(({ state }) => state === 'changed');
        if (isChanged && !isOpen) alarms += 1;
        isOpen = isChanged || (isOpen && found.some(({ state }) => state === 'near'));
      }
    }
    // 40,000 parts: at most 4 are expected, and by chance (Poisson) more than 9 in less than 1 of 100 runs.
    expect(parts / partsPerFalseAlarm).toBe(4);
    expect(alarms).toBeLessThanOrEqual(9);
  });

  it('says what has changed, and since when', () => {
    const random = seededRandom(5);
    const training = trainedOn(random, 80);
    const parts = Array.from({ length: 160 }, (_, at) => drawn(random, at, at < 130 ? 0 : 3));
    const found = driftOf(training, parts);
    expect(found.filter(({ state }) => state === 'changed').map(({ quantity }) => quantity)).toEqual(['brightness']);
    const [brightness] = found.filter(({ quantity }) => quantity === 'brightness');
    expect(Math.abs(Number(brightness!.since) - 130)).toBeLessThanOrEqual(3);
    expect(brightness!.now).toBeGreaterThan(brightness!.training.high);
  });

  it('sees what creeps by half a deviation over two hundred parts', () => {
    const random = seededRandom(6);
    const training = trainedOn(random, 300);
    const parts = Array.from({ length: 200 }, (_, at) => drawn(random, at, 0.8));
    expect(driftOf(training, parts).find(({ quantity }) => quantity === 'brightness')).toMatchObject({
      ...{ state: 'changed', window: 200 },
    });
  });

  it('says nothing of too few parts, and of quantities that there are none of', () => {
    const random = seededRandom(7);
    const training = { ...trainedOn(random, 50), score: [], red: [], blue: [] };
    expect(
      driftOf(
        training,
        Array.from({ length: 24 }, (_, at) => drawn(random, at)),
      ),
    ).toEqual([]);
    const quantities = driftOf(
      training,
      Array.from({ length: 25 }, (_, at) => drawn(random, at)),
    );
    expect(quantities.map(({ quantity }) => quantity)).toEqual(['brightness', 'focus', 'position']);
  });
});
