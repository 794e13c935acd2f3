import { describe, expect, it } from 'vitest';
import { nothingChosen, select, stillThere } from './selection.ts';

const order = ['a', 'b', 'c', 'd'];
const chosen = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].sort().join('');

describe('choosing pictures', () => {
  it('takes one, adds and takes away with Ctrl, and a range with Shift in either direction', () => {
    const one = select(nothingChosen, order, { id: 'c' });
    expect(chosen(one)).toBe('c');
    expect(chosen(select(one, order, { id: 'a', add: true }))).toBe('ac');
    expect(chosen(select(one, order, { id: 'c', add: true }))).toBe('');
    expect(chosen(select(one, order, { id: 'a', range: true }))).toBe('abc');
    expect(chosen(select(one, order, { id: 'd', range: true }))).toBe('cd');
  });

  it('takes one where a range has no beginning', () =>
    expect(chosen(select(nothingChosen, order, { id: 'b', range: true }))).toBe('b'));

  it('forgets what is there no more', () => {
    const both = select(select(nothingChosen, order, { id: 'a' }), order, { id: 'd', add: true });
    expect(chosen(stillThere(both, ['b', 'd']))).toBe('d');
    expect(stillThere(both, order)).toBe(both);
  });
});
