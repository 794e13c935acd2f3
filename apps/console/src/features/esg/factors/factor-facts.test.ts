import { describe, expect, it } from 'vitest';
import { changedFields, regionOf, validityOf } from './factor-facts.ts';

describe('facts of a factor', () => {
  it('says for when it holds', () => {
    expect(validityOf({ appliesToYear: 2023 })).toBe('2023');
    expect(validityOf({ validFrom: '2024-01-01' })).toBe('2024-01-01 – …');
    expect(validityOf({})).toBe('');
  });
  it('names the part of the grid', () =>
    expect(regionOf({ region: 'CN', subregion: 'North China' })).toBe('CN / North China'));
});

describe('changedFields', () => {
  it('keeps what differs and nothing else', () =>
    expect(
      changedFields<{ value: string; note: string; confirmed: boolean }>(
        { value: '0.5', note: 'a', confirmed: false },
        { value: '0.6', note: 'a', confirmed: false },
      ),
    ).toEqual({ value: '0.6' }));
  it('does not take an emptied field for a change', () =>
    expect(changedFields<{ note: string }>({ note: 'a' }, { note: '' })).toEqual({}));
});
