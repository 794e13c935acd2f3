import { expect, it } from 'vitest';
import { listArgument } from './list-argument.ts';

it('takes an option apart at its commas, and leaves out what was left out', () => {
  expect(listArgument('a/#, b/+/c,')).toEqual(['a/#', 'b/+/c']);
  expect(listArgument('')).toEqual([]);
  expect(listArgument(undefined)).toBeUndefined();
});
