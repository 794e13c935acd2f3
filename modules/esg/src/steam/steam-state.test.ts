import { describe, expect, it } from 'vitest';
import { steamHeat, steamStateSchema } from './steam-state.ts';

const problemOf = (state: object) => steamStateSchema.safeParse(state).error?.issues[0]?.message;

describe('what steam was', () => {
  it('is its enthalpy as stated, less feed water of 20 Cel unless another is given', () => {
    expect(steamHeat({ enthalpyKJPerKg: '2768.4' })).toMatchObject({
      ...{ steam: '2768.4', feedWater: '83.74' },
      notes: [{ code: 'esg.feed-water-default' }],
    });
    expect(steamHeat({ enthalpyKJPerKg: '2768.4', feedWaterKJPerKg: '419.06' })).toEqual({
      ...{ steam: '2768.4', feedWater: '419.06', notes: [] },
    });
  });

  it('is dry and saturated where only a pressure or a temperature is known, and says so', () => {
    // Printed tables: 2777.1 kJ/kg at 1 MPa; 0.898675 MPa above the atmosphere is the same; 2745.9 at 150 Cel.
    expect(steamHeat({ pressureMPa: '1' })).toMatchObject({
      steam: '2777.12',
      notes: [{ code: 'esg.steam-saturated-at-pressure', values: { pressure: '1', enthalpy: '2777.12' } }, {}],
    });
    expect(steamHeat({ gaugeMPa: '0.898675' }).steam).toBe('2777.12');
    expect(steamHeat({ temperatureCel: '150' })).toMatchObject({
      steam: '2745.92',
      notes: [{ code: 'esg.steam-saturated-at-temperature' }, {}],
    });
  });

  it('is superheated where both are known', () => {
    // Printed tables: 3264.4 kJ/kg at 1 MPa and 400 Cel.
    expect(steamHeat({ pressureMPa: '1', temperatureCel: '400' })).toMatchObject({
      steam: '3264.39',
      notes: [{ code: 'esg.steam-superheated' }, {}],
    });
  });

  it.each([
    [{}, 'names neither'],
    [{ pressureMPa: '1', gaugeMPa: '1' }, 'more than one'],
    [{ enthalpyKJPerKg: '2700', temperatureCel: '150' }, 'the enthalpy alone says it'],
    [{ pressureMPa: '0' }, '0 MPa (absolute) lies outside of 0.0006113 to 16.529'],
    [{ pressureMPa: '-1' }, 'lies outside'],
    [{ pressureMPa: '22' }, 'lies outside'],
    [{ temperatureCel: '374' }, '374 Cel lies outside of 0 to 350'],
    [{ pressureMPa: '1', temperatureCel: '100' }, 'there is steam from 179.89 to 800 Cel only, not at 100'],
    [{ enthalpyKJPerKg: '80' }, 'not above that of the feed water, 83.74'],
    [{ enthalpyKJPerKg: '2700', feedWaterKJPerKg: '-1' }, 'may not be below zero'],
  ])('is refused as %o', (state, problem) => expect(problemOf(state)).toContain(problem));
});
