import { describe, expect, it } from 'vitest';
import type { BalanceNode } from '../types.ts';
import { partRows } from './part-rows.ts';

const node = (id: string, parentId: string | null, value: number | null) => ({ id, parentId, value }) as BalanceNode;

describe('partRows', () => {
  it('walk the tree, the largest first, with shares of the whole', () => {
    const nodes = [
      node('small', 'works', 1),
      node('works', null, 10),
      node('large', 'works', 6),
      node('in', 'large', null),
    ];
    expect(partRows({ nodes, total: 10 }).map(({ id, depth, share }) => [id, depth, share])).toEqual([
      ['works', 0, 1],
      ['large', 1, 0.6],
      ['in', 2, null],
      ['small', 1, 0.1],
    ]);
  });
});
