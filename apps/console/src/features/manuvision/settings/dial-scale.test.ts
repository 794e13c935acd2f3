import { expect, it } from 'vitest';
import { angleAt, placeAt } from './dial-scale.ts';

it('turns places on a dial into angles clockwise from the top, and back', () => {
  const picture = { width: 200, height: 100 };
  expect(angleAt([100, 10], picture)).toBe(0);
  expect(angleAt([140, 50], picture)).toBe(90);
  for (const angle of [-135, -20, 45, 135])
    expect(angleAt(placeAt(angle, 0.4, picture), picture)).toBeCloseTo(angle, 6);
});
