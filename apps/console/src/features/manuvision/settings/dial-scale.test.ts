import { expect, it } from 'vitest';
import { angleAt, placeAt, turnedTo } from './dial-scale.ts';

it('turns places on a dial into angles clockwise from the top, and back', () => {
  const picture = { x: 20, y: 40, width: 200, height: 100 };
  expect(angleAt([120, 50], picture)).toBe(0);
  expect(angleAt([160, 90], picture)).toBe(90);
  for (const angle of [-135, -20, 45, 135])
    expect(angleAt(placeAt(angle, 0.4, picture), picture)).toBeCloseTo(angle, 6);
});

it('keeps an angle that is turned on within half a turn', () => {
  expect([turnedTo(181), turnedTo(-190), turnedTo(30)]).toEqual([-179, 170, 30]);
});
