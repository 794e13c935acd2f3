import { expect, it } from 'vitest';
import { lastFullYear, recentYears } from './years.ts';

it('offers recent years and those that have data, newest first', () => {
  const years = recentYears(2026, [2008, 2023]);
  expect(years[0]).toBe(2026);
  expect(years).toHaveLength(13);
  expect(years.at(-1)).toBe(2008);
});
it('begins with the year that has ended', () => expect(lastFullYear(new Date(2026, 5, 1))).toBe(2025));
