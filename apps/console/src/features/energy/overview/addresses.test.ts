import { expect, it } from 'vitest';
import { consumptionAddress, costAddress } from './addresses.ts';

it('leads to whole days, today included', () => {
  const soFar = { from: '2024-07-01T00:00:00+08:00', to: '2024-07-11T12:00:00+08:00' };
  expect(consumptionAddress('works', 'water', soFar)).toBe(
    '/energy/consumption?of=node%3Aworks&carrier=water&from=2024-07-01&to=2024-07-12&by=day',
  );
  const over = { from: '2024-07-01T00:00:00+08:00', to: '2024-07-11T00:00:00+08:00' };
  expect(costAddress('works', over)).toBe('/energy/cost?of=node%3Aworks&from=2024-07-01&to=2024-07-11');
});
