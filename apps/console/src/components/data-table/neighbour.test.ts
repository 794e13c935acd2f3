import { expect, it } from 'vitest';
import { neighbourOf } from './neighbour.ts';

const list = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

it('j and k go through a list from where it is open, and stop at its ends', () => {
  expect(neighbourOf(list, 'a', 1)?.id).toBe('b');
  expect(neighbourOf(list, 'c', -1)?.id).toBe('b');
  expect(neighbourOf(list, 'c', 1)).toBeUndefined();
  expect(neighbourOf(list, 'a', -1)).toBeUndefined();
  expect(neighbourOf(list, undefined, 1)?.id).toBe('a');
  expect(neighbourOf([], undefined, 1)).toBeUndefined();
});
