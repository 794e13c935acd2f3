import { expect, it } from 'vitest';
import type { Box } from '../observation.ts';
import { FireSigns } from './fire-signs.ts';

const small = { width: 160, height: 90 };
const size = { width: 1280, height: 720 };

/** A striped wall; `paint` says what colour a pixel of it has. */
function picture(paint: (x: number, y: number, wall: number) => readonly [number, number, number]) {
  const data = new Uint8Array(small.width * small.height * 3);
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++) {
      const wall = (x >> 1) % 2 ? 150 : 110;
      data.set(paint(x, y, wall), (y * small.width + x) * 3);
    }
  return { ...small, data };
}
const wall = picture((_x, _y, grey) => [grey, grey, grey]);
const isInside = (x: number, y: number) => x >= 48 && x < 80 && y >= 24 && y < 56;

function watch(
  signs: FireSigns,
  steps: number,
  at: (step: number) => ReturnType<typeof picture>,
  followed: readonly Box[] = [],
) {
  let found: ReturnType<FireSigns['look']> = [];
  for (let step = 0; step < steps; step++) found = signs.look(at(step), step * 500, followed, size);
  return found;
}

it('marks what is bright, red and flickers, and where', () => {
  const signs = new FireSigns();
  watch(signs, 4, () => wall);
  const found = watch(signs, 12, (step) =>
    picture((x, y, grey) => (isInside(x, y) ? [step % 2 ? 250 : 215, step % 2 ? 170 : 130, 60] : [grey, grey, grey])),
  );
  expect(found).toMatchObject([{ kind: 'flame-like', box: { x: 384, y: 192, width: 256, height: 256 } }]);
});

it('is not taken in by an orange vest that stands still, nor by a lamp', () => {
  const signs = new FireSigns();
  watch(signs, 4, () => wall);
  const still = picture((x, y, grey) => (isInside(x, y) ? [240, 150, 60] : [grey, grey, grey]));
  expect(watch(signs, 12, () => still)).toEqual([]);
});

/** Grey before the wall, that lets it be seen and drifts. */
const veil = (isVeiled: (x: number, y: number) => boolean, step: number) =>
  picture((x, y, grey) => {
    const seen = isVeiled(x, y) ? 190 + 3 * (step % 3) + 0.3 * (grey - 130) : grey;
    return [seen, seen, seen];
  });

it('marks grey that veils the scene, not a grey thing that hides it', () => {
  const signs = new FireSigns();
  watch(signs, 4, () => wall);
  expect(watch(signs, 12, (step) => veil(isInside, step))).toMatchObject([{ kind: 'smoke-like' }]);
  const hidden = picture((x, y, grey) => (isInside(x, y) ? [190, 190, 190] : [grey, grey, grey]));
  const others = new FireSigns();
  watch(others, 4, () => wall);
  expect(watch(others, 12, () => hidden)).toEqual([]);
});

it('is not taken in by what stood there when it began to look, and has gone', () => {
  const signs = new FireSigns();
  watch(signs, 4, () => wall);
  expect(watch(signs, 12, () => veil(isInside, 0))).toEqual([]);
});

it('is not taken in by somebody in grey who is followed, and sees what comes beside', () => {
  const person = { x: 384, y: 192, width: 256, height: 256 };
  const signs = new FireSigns();
  watch(signs, 4, () => wall);
  expect(watch(signs, 12, (step) => veil(isInside, step), [person])).toEqual([]);
  const isBeside = (x: number, y: number) => x >= 112 && x < 136 && y >= 24 && y < 56;
  const both = (step: number) => veil((x, y) => isInside(x, y) || isBeside(x, y), step);
  expect(watch(signs, 12, both, [person])).toMatchObject([{ kind: 'smoke-like', box: { x: 896 } }]);
});
