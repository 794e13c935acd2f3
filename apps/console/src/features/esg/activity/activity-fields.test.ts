import { describe, expect, it } from 'vitest';
import type { Activity } from '../types.ts';
import { entryOf, fieldsOf } from './activity-fields.ts';

const fields = { kind: 'electricity', siteId: 'site', year: 2025, quantity: '1,250.5', unit: 'MWh' } as const;

describe('entryOf', () => {
  it('takes a quantity as people write it, and leaves out what is empty', () =>
    expect(entryOf({ ...fields, note: ' ', place: 'ignored' })).toEqual({
      kind: 'electricity',
      siteId: 'site',
      year: 2025,
      quantity: '1250.5',
      unit: 'MWh',
    }));
  it('sends a kind only what it knows', () =>
    expect(entryOf({ ...fields, kind: 'water', unit: 'm3', factor: 'x', fuel: 'natural-gas' })).toEqual({
      kind: 'water',
      siteId: 'site',
      year: 2025,
      quantity: '1250.5',
      unit: 'm3',
    }));
  it('names a unit that is no site, and the calorific value of a fuel', () =>
    expect(
      entryOf({
        ...fields,
        kind: 'fuel',
        siteId: null,
        place: 'Fleet',
        fuel: 'gas-diesel-oil',
        unit: 'L',
        netCalorificValue: '42.6',
        netCalorificUnit: 'GJ/t',
        densityKgPerL: '0.84',
      }),
    ).toEqual({
      kind: 'fuel',
      place: 'Fleet',
      year: 2025,
      quantity: '1250.5',
      unit: 'L',
      fuel: 'gas-diesel-oil',
      densityKgPerL: '0.84',
      netCalorificValue: { value: '42.6', unit: 'GJ/t' },
    }));
});

it('fieldsOf and entryOf undo each other', () => {
  const statement = {
    kind: 'fuel' as const,
    siteId: 's',
    place: 'Works',
    year: 2024,
    month: 3,
    quantity: '10',
    unit: 'm3',
    fuel: 'natural-gas',
    netCalorificValue: { value: '35.2', unit: 'MJ/m3' },
  };
  const { place: _, ...sent } = statement;
  expect(entryOf(fieldsOf({ statement } as unknown as Activity))).toEqual(sent);
});
