import { describe, expect, it } from 'vitest';
import type { Bill } from '../types.ts';
import { componentColumns } from './bill-months.ts';

const line = (component: string, cost: string) => ({ component, cost });
const months = [
  { lines: [line('energy', '10.50'), line('energy', '2.25'), line('demand', '40')] },
  { lines: [line('energy', '1')] },
] as unknown as Bill['months'];

describe('componentColumns', () => {
  it('adds the lines of a component up for each month', () =>
    expect(componentColumns(months)).toEqual([
      { component: 'energy', costs: [12.75, 1] },
      { component: 'demand', costs: [40, 0] },
    ]));
});
