import { describe, expect, it } from 'vitest';
import { entriesOf, isTable, wordsOf } from './fact-shape.ts';

describe('the shape of facts', () => {
  it('numbers the items of a list from one', () =>
    expect(entriesOf(['a', 'b'])).toEqual([
      ['1', 'a'],
      ['2', 'b'],
    ]));
  it('leaves out what was not given', () => expect(entriesOf({ a: 1, b: undefined })).toEqual([['a', 1]]));
  it('sees a table only in alike flat rows', () => {
    expect(isTable([{ a: 1 }, { a: 2 }])).toBe(true);
    expect(isTable([{ a: 1 }])).toBe(false);
    expect(isTable([{ a: { b: 1 } }, { a: 2 }])).toBe(false);
    expect(isTable([1, 2])).toBe(false);
  });
  it('turns camel case into words and leaves other names alone', () => {
    expect(wordsOf('loadFactor')).toBe('load factor');
    expect(wordsOf('baseLoadkW')).toBe('base load kW');
    expect(wordsOf('cn-grid-ets-2022')).toBe('cn-grid-ets-2022');
    expect(wordsOf('kWh')).toBe('kWh');
  });
});
