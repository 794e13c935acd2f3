import { describe, expect, it } from 'vitest';
import { type Mapping, problemsOf, withColumn } from './mapping.ts';

const mapping: Mapping = {
  ...{ version: 1, format: 'csv', encoding: 'utf-8', lineEnd: 'lf', delimiter: ',', quote: '"', decimal: '.' },
  ...{
    thousands: '',
    comment: '',
    skipRows: 0,
    headerRows: 1,
    header: ['t', 'p'],
    layout: 'wide',
    missing: [],
    points: [],
  },
  time: {
    ...{ columns: [1], format: 'iso', timezone: 'UTC', dayFirst: false, stamp: 'start' },
    ...{ midnightBelongsToPreviousDay: false, order: 'ascending' },
  },
  columns: [
    { column: 1, header: 't', role: 'time' },
    { column: 2, header: 'p', role: 'value' },
  ],
};

describe('a mapping', () => {
  it('is changed in one column and nowhere else', () => {
    const changed = withColumn(mapping, 2, { unit: 'kW' });
    expect(changed.columns[1]).toMatchObject({ unit: 'kW', role: 'value' });
    expect(changed.columns[0]).toBe(mapping.columns[0]);
    expect(changed.time).toBe(mapping.time);
  });
  it('takes the time from the columns that are given that role', () => {
    expect(withColumn(mapping, 2, { role: 'time' }).time.columns).toEqual([1, 2]);
    expect(withColumn(mapping, 1, { role: 'ignore' }).time.columns).toEqual([1]);
  });
  it('says what is missing', () => {
    expect(problemsOf(mapping)).toEqual([]);
    expect(problemsOf(withColumn(mapping, 2, { role: 'ignore' }))).toEqual(['noValue']);
    expect(problemsOf({ ...mapping, layout: 'long', thousands: '.' })).toEqual(['noPoint', 'sameSign']);
  });
});
