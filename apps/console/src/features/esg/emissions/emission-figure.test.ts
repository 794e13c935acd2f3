import { describe, expect, it } from 'vitest';
import type { EmissionLine } from '../types.ts';
import { emissionFigureOf, groupWarnings, linesOf, nameOfCode, tonnesBySite } from './emission-figure.ts';

const line = (site: string | undefined, method: EmissionLine['method'], tCO2e: string): EmissionLine => ({
  line: `${site} 1`,
  site,
  scope: method === 'direct' ? 1 : 2,
  method,
  gas: 'CO2',
  status: 'calculated',
  activity: { quantity: '1', unit: 'MWh' },
  formula: '',
  tCO2e,
});

describe('tonnesBySite', () => {
  it('keeps the two Scope 2 methods apart, the largest site first', () => {
    const lines = [
      line('Small', 'location', '1.5'),
      line('Small', 'market', '1.5'),
      line('Large', 'direct', '10'),
      line('Large', 'location', '20'),
      line('Large', 'market', '5'),
    ];
    expect(tonnesBySite(lines, '-')).toEqual([
      { site: 'Large', scope1: 10, location: 20, market: 5 },
      { site: 'Small', scope1: 0, location: 1.5, market: 1.5 },
    ]);
  });
  it('names what has no site', () =>
    expect(tonnesBySite([line(undefined, 'location', '1')], 'No site')[0]?.site).toBe('No site'));
});

describe('emissionFigureOf', () => {
  const warning = { code: 'esg.factor-unconfirmed', line: 'A 1', values: {}, text: 'not confirmed' };
  const note = { code: 'esg.region-assumed', values: { region: 'CN' }, text: 'n' };
  const result = { lines: [line('A', 'location', '1')], warnings: [warning] };
  const finding = {
    method: { id: 'esg.emissions', version: '1' },
    parameters: { notes: [note] },
    inputs: [],
    output: result,
  };
  it('reads a single calculation', () => {
    const figure = emissionFigureOf(finding)!;
    expect(figure.period).toBeUndefined();
    expect(figure.notes).toEqual([note]);
    expect(linesOf(figure)[0]?.warnings).toEqual([warning]);
  });
  it('reads an inventory with what each line was added up from', () => {
    const source = { kind: 'activity' as const, id: 'x', quantity: '1', unit: 'MWh' };
    const output = {
      period: { from: '', to: '', label: '2025' },
      sites: [],
      result,
      notes: [],
      sources: [{ line: 'A 1', site: 'A', sources: [source] }],
    };
    const figure = emissionFigureOf({ ...finding, method: { id: 'esg.inventory', version: '1' }, output })!;
    expect(linesOf(figure)[0]?.sources).toEqual([source]);
  });
  it('knows what is no emission figure', () =>
    expect(emissionFigureOf({ ...finding, method: { id: 'energy.report', version: '1' } })).toBeUndefined());
});

it('groups warnings of one kind, each thing said once', () => {
  const warning = (code: string, line: string, text: string) => ({ code, line, values: {}, text });
  const unconfirmed = warning('esg.factor-unconfirmed', 'a', 'x is unconfirmed');
  const groups = groupWarnings([unconfirmed, { ...unconfirmed, line: 'b' }, warning('esg.factor-missing', 'a', 'y')]);
  expect(groups.map(({ code, lines, notes }) => [nameOfCode(code), lines, notes.length])).toEqual([
    ['factor-unconfirmed', ['a', 'b'], 1],
    ['factor-missing', ['a'], 1],
  ]);
});
