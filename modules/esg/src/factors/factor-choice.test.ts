import type { Note } from '@millwright/kernel';
import { describe, expect, it } from 'vitest';
import { type FactorChoiceOptions, factorChoice } from './factor-choice.ts';
import { builtInLibrary } from './library.ts';

function choice(options: Partial<FactorChoiceOptions> = {}) {
  const notes: Note[] = [];
  const made = factorChoice({ library: builtInLibrary, year: 2023, ...options }, (note) => notes.push(note));
  return { ...made, codes: () => notes.map(({ code }) => code) };
}

describe('the choice of factors', () => {
  it('takes what an entry names, then what is named for all, then that of the region', () => {
    const { electricity, codes } = choice({ factor: 'cn-grid-ets-2021' });
    expect(electricity({ factor: 'cn-grid-average-2021', region: 'CN' })).toBe('cn-grid-average-2021');
    expect(electricity({ region: 'CN-SD' })).toBe('cn-grid-ets-2021');
    expect(codes()).toEqual([]);
    expect(electricity({ region: 'SG' })).toBe('sg-grid-operating-margin-2023');
    expect(codes()).toEqual(['esg.factor-elsewhere', 'esg.factor-default']);
  });

  it('leaves electricity and heat of another country without a factor rather than take a Chinese one', () => {
    const { electricity, heat, residual } = choice({
      factor: 'cn-grid-ets-2022',
      residualFactor: 'cn-grid-average-2023-excluding-traded-non-fossil',
    });
    expect(electricity({ region: 'DE' })).toBeUndefined();
    expect(residual({ region: 'DE' })).toBeUndefined();
    expect(heat({ region: 'DE' })).toBeUndefined();
    expect(residual({ region: 'CN' })).toBe('cn-grid-average-2023-excluding-traded-non-fossil');
    expect(heat({ region: 'CN' })).toBe('cn-heat-default');
  });

  it('has none for what names no region, unless one may be assumed, which is said once', () => {
    expect(choice().electricity({})).toBeUndefined();
    const { electricity, codes } = choice({ region: 'CN', assumed: true });
    expect([electricity({}), electricity({})]).toEqual(['cn-grid-ets-2022', 'cn-grid-ets-2022']);
    expect(codes()).toEqual(['esg.region-assumed', 'esg.factor-default']);
  });

  it('puts the replacement of a restatement in the place of what it would have chosen', () => {
    const { electricity, codes } = choice({ replace: { 'cn-grid-ets-2022': 'cn-grid-ets-2021@1' } });
    expect(electricity({ region: 'CN' })).toBe('cn-grid-ets-2021@1');
    expect(codes()).toEqual([]);
  });
});
