import { describe, expect, it } from 'vitest';
import type { BalanceNode } from '../types.ts';
import { directParts, stacksOf } from './stacks.ts';

const node = (id: string, parentId: string | null, value: number | null, kind: BalanceNode['kind'] = 'area') =>
  ({ id, name: id, kind, parentId, value }) as BalanceNode;

describe('directParts', () => {
  it('are the largest below, without meters and what is unknown', () => {
    const nodes = [node('works', null, 9), node('a', 'works', 2), node('b', 'works', 5), node('c', 'works', null)];
    const others = [node('deep', 'a', 1), node('meter', 'works', 9, 'meter')];
    expect(directParts([...nodes, ...others], 'works').map(({ id }) => id)).toEqual(['b', 'a']);
  });
});

describe('stacksOf', () => {
  const whole = [
    { key: '2024-01', value: 10 },
    { key: '2024-02', value: 4 },
  ];
  it('leaves what no part explains', () =>
    expect(stacksOf(whole, [{ name: 'a', value: 7, series: [{ key: '2024-01', value: 7 }] }])).toEqual({
      keys: ['2024-01', '2024-02'],
      stacks: [{ name: 'a', values: [7, 0] }],
      rest: [3, 4],
    }));
  it('leaves out what measures supply for others', () =>
    expect(stacksOf(whole, [{ name: 'hub', value: 1, series: [{ key: '2024-01', value: 9 }] }]).stacks).toEqual([]));
  it('never draws below nothing', () =>
    expect(stacksOf(whole, [{ name: 'a', value: 5, series: [{ key: '2024-02', value: 5 }] }]).rest).toEqual([10, 0]));
});
