import { describe, expect, it } from 'vitest';
import { calculateRequest } from './calculate-request.ts';

describe('calculateRequest', () => {
  const fields = { period: 'year', year: 2025, source: 'auto' } as const;
  it('leaves out what was not chosen, which means all sites and the usual factor', () =>
    expect(calculateRequest({ ...fields, sites: [], factor: undefined })).toEqual({ year: 2025, source: 'auto' }));
  it('sends days instead of the year when days were asked for', () =>
    expect(calculateRequest({ ...fields, period: 'days', days: ['2025-01-01', '2025-03-31'], sites: ['a'] })).toEqual({
      from: '2025-01-01',
      to: '2025-03-31',
      sites: ['a'],
      source: 'auto',
    }));
});
