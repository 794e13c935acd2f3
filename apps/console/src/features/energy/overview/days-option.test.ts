import { describe, expect, it } from 'vitest';
import { formatFor } from '../../../app/i18n/format.ts';
import { dayKeys, daysOption, monthsOption } from './days-option.ts';
import type { SiteRow } from './site-rows.ts';

const row = (name: string, days: [string, number][] | undefined) =>
  ({
    ...{ id: name, name, cost: undefined },
    carrier: days && {
      days: days.map(([key, value]) => ({ key, value })),
      ...{ sameMonthLastYear: { value: null }, lastMonth: { value: 5 }, thisMonth: { value: 3 } },
    },
  }) as unknown as SiteRow;
const rows = [row('a', [['2024-07-02', 2]]), row('b', [['2024-07-01', 1]]), row('none', undefined)];

describe('the pictures of the overview', () => {
  it('draw every day of any site, and leave out what a site has not', () => {
    expect(dayKeys(rows)).toEqual(['2024-07-01', '2024-07-02']);
    expect(daysOption(rows, 'kW.h', formatFor('en')).series).toMatchObject([
      { name: 'a', data: [null, 2] },
      { name: 'b', data: [1, null] },
    ]);
  });

  it('draw three months of every site that meters the carrier', () => {
    const texts = { lastYear: 'year', lastMonth: 'last', thisMonth: 'this' };
    const option = monthsOption(rows, 'kW.h', formatFor('en'), texts, ['1', '2', '3']);
    expect(option.xAxis).toMatchObject({ data: ['a', 'b'] });
    expect(option.series).toMatchObject([
      { name: 'year', data: [null, null] },
      { name: 'last', data: [5, 5] },
      { name: 'this', data: [3, 3] },
    ]);
  });
});
