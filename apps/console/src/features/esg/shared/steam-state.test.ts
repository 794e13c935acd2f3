import { expect, it } from 'vitest';
import { steamStateOf } from './steam-state.ts';

it('sends what was filled in, and nothing for an empty form', () => {
  expect(steamStateOf({ gaugeMPa: ' 0.8 ', temperatureCel: '' })).toEqual({ gaugeMPa: '0.8' });
  expect(steamStateOf({ gaugeMPa: '' })).toBeUndefined();
  expect(steamStateOf(undefined)).toBeUndefined();
});
