import { describe, expect, it } from 'vitest';
import { formatFor } from '../../../app/i18n/format.ts';
import { lightPalette } from '../../../app/theme/palette.ts';
import type { Flow } from '../types.ts';
import { flowHeight, flowOption } from './flow-option.ts';

const flow = {
  ...{ unit: 'kW.h', supply: 10, unmetered: 2, unknown: [] },
  nodes: [
    { id: 's', name: 'Transformer: Energy', value: 10, kind: 'supply', derived: false },
    { id: 'a', name: 'Hall', value: 8, kind: 'meter', derived: false },
    { id: 's/rest', name: 'Transformer', value: 2, kind: 'unmetered', derived: true },
  ],
  links: [
    { source: 's', target: 'a', value: 8 },
    { source: 's', target: 's/rest', value: 2 },
  ],
  errors: [{ id: 'a', name: 'Hall', value: 8, submetered: 9, excess: 1, share: 0.125, withinTolerance: false }],
} as unknown as Flow;

describe('flowOption', () => {
  const option = flowOption(flow, lightPalette, formatFor('en'), 'Unmetered');
  const [series] = option.series as { data: { name: string; itemStyle: { color: string } }[] }[];
  it('marks what is wrong and what no meter sees', () =>
    expect(series?.data.map(({ itemStyle }) => itemStyle.color)).toEqual([
      lightPalette.ember,
      lightPalette.bad,
      lightPalette.lineStrong,
    ]));
});

describe('flowHeight', () => {
  it('never falls below what can be read', () => expect(flowHeight(flow)).toBe(320));
});
