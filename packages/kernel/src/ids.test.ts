import { expect, it } from 'vitest';
import { isId, newId } from './index.ts';

it('ids sort by the time they were made, also within one millisecond', () => {
  const ids = Array.from({ length: 1000 }, newId);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(1000);
  expect(ids.every((id) => id[14] === '7')).toBe(true);
});

it('tells an id from another text', () => {
  expect(isId(newId())).toBe(true);
  for (const text of ['', 'admin', `${newId()}0`, '00000000-0000-0000-0000-00000000000g'])
    expect(isId(text), text).toBe(false);
});
