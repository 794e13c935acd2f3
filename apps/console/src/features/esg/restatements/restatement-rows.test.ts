import { describe, expect, it } from 'vitest';
import type { FactorUse, Restatement } from '../types.ts';
import { factorsOfFinding, replacements, restatementRows } from './restatement-rows.ts';

const factor = (id: string) => ({ id, version: 1 }) as FactorUse;

describe('restatements', () => {
  it('give one row for each year of a table', () => {
    const restatement = {} as Restatement['figures'][number]['restatement'];
    const recorded = { id: 'a', at: '', by: '', original: 'o', why: 'w' };
    const rows = restatementRows([
      {
        ...recorded,
        figures: [
          { label: '2023', restatement },
          { label: '2022', restatement },
        ],
      },
    ]);
    expect(rows.map(({ key, label }) => [key, label])).toEqual([
      ['a 2023', '2023'],
      ['a 2022', '2022'],
    ]);
  });
  it('offer each factor of a figure once', () => {
    const output = {
      calculations: { 2023: { factors: [factor('x'), factor('y')] }, 2022: { factors: [factor('x')] } },
    };
    const finding = { method: { id: 'esg.kpi', version: '1' }, parameters: {}, inputs: [], output };
    expect(factorsOfFinding(finding).map(({ id }) => id)).toEqual(['x', 'y']);
    expect(
      factorsOfFinding({
        ...finding,
        method: { id: 'esg.inventory', version: '1' },
        output: { result: { factors: [factor('z')] } },
      }),
    ).toEqual([factor('z')]);
  });
  it('replace only what was chosen and differs', () =>
    expect(replacements({ a: 'b', c: undefined, d: 'd' })).toEqual({ a: 'b' }));
});
