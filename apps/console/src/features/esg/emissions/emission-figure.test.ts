import { describe, expect, it } from 'vitest';
import type { EmissionLine } from '../types.ts';
import { emissionFigureOf, groupWarnings, linesOf, tonnesBySite } from './emission-figure.ts';

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
  const warning = { code: 'factor-unconfirmed' as const, line: 'A 1', message: 'not confirmed' };
  const result = { lines: [line('A', 'location', '1')], warnings: [warning] };
  const finding = {
    method: { id: 'esg.emissions', version: '1' },
    parameters: { notes: ['n'] },
    inputs: [],
    output: result,
  };
  it('reads a single calculation', () => {
    const figure = emissionFigureOf(finding)!;
    expect(figure.period).toBeUndefined();
    expect(figure.notes).toEqual(['n']);
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

it('groups warnings of one kind', () =>
  expect(
    groupWarnings([
      { code: 'factor-unconfirmed', line: 'a', message: 'x is unconfirmed' },
      { code: 'factor-unconfirmed', line: 'b', message: 'x is unconfirmed' },
      { code: 'residual-mix-missing', line: 'a', message: 'y' },
    ]),
  ).toEqual([
    { code: 'factor-unconfirmed', lines: ['a', 'b'], messages: ['x is unconfirmed'] },
    { code: 'residual-mix-missing', lines: ['a'], messages: ['y'] },
  ]));
