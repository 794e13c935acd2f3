import { expect, it } from 'vitest';
import { heatRamp } from './heat-ramp.ts';

const of = (grey: number) => [...heatRamp(Uint8ClampedArray.of(grey, grey, grey, 255))];

it('leaves what is far below the limit clear, and turns from yellow to red where the limit is passed', () => {
  expect(of(0)[3]).toBe(0);
  expect(of(50)[3]).toBe(0);
  const [below, above, most] = [of(120), of(131), of(255)];
  expect(below[1]).toBeGreaterThan(170);
  expect(above[1]).toBeLessThan(130);
  expect(above[3]).toBeGreaterThan(below[3]!);
  expect(most.slice(0, 2)).toEqual([215, 25]);
});
