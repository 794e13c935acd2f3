import { describe, expect, it } from 'vitest';
import { say, stepInGrid, unsaid, unsay } from './labelling.ts';

const items = ['a', 'b', 'c'].map((key) => ({ key }));
const keys = (list: { key: string }[]) => list.map(({ key }) => key).join('');

describe('what is said of people', () => {
  it('takes them out of the grid until it is taken back', () => {
    const said = say(say([], 'b', 'with'), 'a', 'skip');
    expect(keys(unsaid(items, said))).toBe('c');
    expect(said.at(-1)).toEqual({ key: 'a', verdict: 'skip' });
    expect(keys(unsaid(items, unsay(said, 'a')))).toBe('ac');
  });

  it('is said once of each', () => expect(say(say([], 'a', 'with'), 'a', 'without')).toHaveLength(1));
});

it('an arrow goes along rows and columns and stops at the edge', () => {
  expect(stepInGrid(0, 'ArrowRight', 4, 6)).toBe(1);
  expect(stepInGrid(1, 'ArrowDown', 4, 6)).toBe(5);
  expect(stepInGrid(2, 'ArrowDown', 4, 6)).toBe(2);
  expect(stepInGrid(0, 'ArrowLeft', 4, 6)).toBe(0);
});
