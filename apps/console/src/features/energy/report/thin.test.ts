import { describe, expect, it } from 'vitest';
import { thinned } from './thin.ts';

describe('thinned', () => {
  it('leaves few rows alone', () => expect(thinned([1, 2, 3])).toEqual([1, 2, 3]));
  it('keeps both ends of many', () => {
    const rows = thinned(
      Array.from({ length: 35_040 }, (_, index) => index),
      100,
    );
    expect([rows.length, rows[0], rows.at(-1)]).toEqual([100, 0, 35_039]);
  });
});
