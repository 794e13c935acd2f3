import { describe, expect, it } from 'vitest';
import { personAt, randomNumbers, straight } from '../test-support/walk.ts';
import { boxNoise } from './box-filter.ts';
import { recordedNoise, usualNoise } from './recorded-noise.ts';

/** Straight walks whose boxes tremble by a share of their height. */
function walks(tremble: number, steps: number) {
  const random = randomNumbers(7);
  const off = () => (random() + random() + random() - 1.5) * 2 * tremble * 100;
  return Array.from({ length: 6 }, () =>
    straight([0.2, 0.5], [0.6, 0.5], steps).map(([x, y], index) => {
      const box = personAt(x, y);
      return {
        ...{ time: index * 100, score: 0.9, camera: { x: 0, y: 0 } },
        box: { ...box, x: box.x + off(), y: box.y + off(), width: box.width + off() },
      };
    }),
  );
}

describe('the noise of a recording', () => {
  it('is larger where boxes tremble more, and lies between the likeliest and the usual', () => {
    const [quiet, wild] = [0.005, 0.1].map((tremble) => recordedNoise(walks(tremble, 60), boxNoise));
    const usual = usualNoise(boxNoise);
    expect(quiet!.x.measured).toBeLessThan(usual.x.measured);
    expect(wild!.x.measured).toBeGreaterThan(usual.x.measured);
    expect(wild!.width.measured).toBeGreaterThan(quiet!.width.measured);
    // Straight walks do not swerve.
    expect(quiet!.x.motion).toBeLessThan(usual.x.motion);
  });

  it('is the usual one where there is too little to tell', () => {
    expect(recordedNoise(walks(0.1, 10), boxNoise)).toEqual(usualNoise(boxNoise));
    expect(recordedNoise([], boxNoise)).toEqual(usualNoise(boxNoise));
  });
});
