import { describe, expect, it } from 'vitest';
import { type Mapping, needsAnotherLook, problemsOf, withColumn, withEdits } from './mapping.ts';

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
  it('has the file looked at again for what all guesses rest on, and not for a name', () => {
    expect(needsAnotherLook(mapping, { ...mapping, decimal: ',' })).toEqual({ decimal: ',' });
    expect(needsAnotherLook(mapping, withColumn(mapping, 2, { role: 'time' }))).toEqual({ timeColumns: [1, 2] });
    expect(needsAnotherLook(mapping, withColumn(mapping, 2, { unit: 'kW' }))).toBeUndefined();
    expect(needsAnotherLook(mapping, { ...mapping, time: { ...mapping.time, timezone: '+01:00' } })).toBeUndefined();
  });
  it('keeps what was corrected when the file was looked at again', () => {
    const zoned = { ...mapping, time: { ...mapping.time, timezone: '+01:00' } };
    const corrected = withColumn(zoned, 2, { unit: 'kW', kind: 'delta' });
    const anew = withColumn({ ...mapping, decimal: ',' }, 2, { name: 'Power', unit: 'W' });
    const kept = withEdits(anew, mapping, corrected);
    expect(kept.columns[1]).toMatchObject({ name: 'Power', unit: 'kW', kind: 'delta' });
    expect(kept).toMatchObject({ decimal: ',', time: { timezone: '+01:00', format: 'iso' } });
    expect(withEdits(anew, mapping, mapping)).toEqual(anew);
  });
});
