import { describe, expect, it } from 'vitest';
import { CameraHealthMonitor, type PictureHealth } from './camera-health.ts';
import type { GreyPicture } from './look-features.ts';

const width = 96;
const height = 72;
type Shade = (x: number, y: number) => number;

/** Numbers that look random and are the same every time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A place: walls, doors and boxes of many greys. */
function place(seed: number): Shade {
  const random = generator(seed);
  const boxes = Array.from({ length: 40 }, () => ({
    x: random() * 110 - 10,
    y: random() * 80 - 10,
    w: 4 + random() * 26,
    h: 4 + random() * 26,
    grey: 30 + random() * 190,
  }));
  const grey = (x: number, y: number) =>
    boxes.findLast((box) => x >= box.x && x < box.x + box.w && y >= box.y && y < box.y + box.h)?.grey ?? 110;
  const side = 180;
  const table = Float32Array.from({ length: side * side }, (_, at) =>
    grey((at % side) - 20, Math.floor(at / side) - 20),
  );
  return (x, y) => table[(y + 20) * side + x + 20]!;
}

function draw(shade: Shade, number: number, noise = 3): GreyPicture {
  const random = generator(number + 1);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = shade(x, y) + (random() + random() - 1) * noise;
      data[y * width + x] = Math.max(0, Math.min(255, Math.round(value)));
    }
  return { width, height, data };
}

const blurred =
  (shade: Shade, radius: number): Shade =>
  (x, y) => {
    let sum = 0;
    let count = 0;
    for (let dy = -radius; dy <= radius; dy++)
      for (let dx = -radius; dx <= radius; dx++) {
        sum += shade(x + dx, y + dy);
        count++;
      }
    return sum / count;
  };

const hall = place(7);
/** Two pictures a second, a minute of the usual, then what `later` draws. */
function run(
  later: (number: number) => GreyPicture,
  seconds: number,
  usual: (number: number) => GreyPicture = (number) => draw(hall, number),
) {
  const monitor = new CameraHealthMonitor();
  const seen: PictureHealth[] = [];
  for (let number = 0; number < 120; number++) expect(monitor.take(usual(number), number * 500)).toBe('good');
  for (let number = 120; number < 120 + seconds * 2; number++) seen.push(monitor.take(later(number), number * 500));
  return seen;
}
const set = (seen: PictureHealth[]) => [...new Set(seen)];

describe('CameraHealthMonitor', () => {
  it('should say of a camera that looks bad in turns that it is, and stay with one of them', () => {
    const turns = (number: number) => (number % 4 < 2 ? draw(() => 8, number) : draw(() => 120, number, 1));
    const seen = run(turns, 20);
    expect(seen.slice(0, 10)).toEqual(Array(10).fill('good'));
    expect(set(seen.slice(10))).toHaveLength(1);
    expect(seen.at(-1)).not.toBe('good');
  });

  it('should say black when the light or the sensor is gone', () => {
    expect(run((number) => draw(() => 8, number), 12)).toContain('black');
  });

  it('should say frozen when nothing changes any more, not even noise', () => {
    const still = draw(hall, 1);
    expect(run(() => still, 30).at(-1)).toBe('frozen');
  });

  it.each([
    ['a cloth', () => 120],
    ['a hand before the lens', (x: number, y: number) => 90 + 15 * Math.sin(x / 40) + y / 8],
    ['spray', (x: number, y: number) => 200 - x / 10 + y / 20],
  ])('should say covered for %s', (_, shade) => {
    expect(set(run((number) => draw(shade, number), 15)).at(-1)).toBe('covered');
  });

  it('should say turned when it looks elsewhere', () => {
    expect(set(run((number) => draw(place(99), number), 15)).at(-1)).toBe('turned');
    const aside: Shade = (x, y) => hall(x + 30, y + 8);
    expect(set(run((number) => draw(aside, number), 15)).at(-1)).toBe('turned');
  });

  it('should say defocused when the detail is gone and the place is the same', () => {
    expect(set(run((number) => draw(blurred(hall, 3), number), 15)).at(-1)).toBe('defocused');
  });

  it('should be good again when the trouble is over, and take a new view for its own after hours', () => {
    const monitor = new CameraHealthMonitor({ acceptMs: 60_000 });
    let time = 0;
    const show = (shade: Shade, seconds: number) => {
      let health: PictureHealth = 'good';
      for (let count = 0; count < seconds * 2; count++, time += 500)
        health = monitor.take(draw(shade, time / 500), time);
      return health;
    };
    expect(show(hall, 30)).toBe('good');
    expect(show(place(5), 20)).toBe('turned');
    expect(show(hall, 10)).toBe('good');
    expect(show(place(5), 70)).toBe('good');
    expect(show(hall, 20)).toBe('turned');
  });

  describe('should raise no alarm', () => {
    const quiet = (later: (number: number) => GreyPicture, seconds = 60) =>
      expect(set(run(later, seconds))).toEqual(['good']);

    it('at dusk, when the light fades to a third', () =>
      quiet((number) => draw((x, y) => hall(x, y) * Math.max(0.33, 1 - (number - 120) / 150), number)));
    it('when lamps go on, brighter on one side', () =>
      quiet((number) => draw((x, y) => hall(x, y) * (1.2 + x / 160) + 10, number)));
    it('when half of the lamps go out', () =>
      quiet((number) => draw((x, y) => hall(x, y) * (x > 48 ? 0.45 : 0.9), number)));
    it('when a shadow of a cloud comes and goes', () =>
      quiet((number) => draw((x, y) => hall(x, y) * (0.75 + 0.25 * Math.sin(number / 6 + x / 30)), number)));
    it('with a noisy sensor at night', () => quiet((number) => draw((x, y) => hall(x, y) * 0.5, number, 14)));
    it('with people and vehicles in the picture', () =>
      quiet((number) =>
        draw((x, y) => {
          const at = (number * 3) % 140;
          const person = x > at - 12 && x < at && y > 25 && y < 60;
          const truck = number % 80 > 40 && x > 40 && x < 75 && y > 20 && y < 60;
          return person ? 40 : truck ? 180 : hall(x, y);
        }, number),
      ));
    it('when the camera shakes by a pixel', () => quiet((number) => draw((x, y) => hall(x + (number % 2), y), number)));
  });
});
