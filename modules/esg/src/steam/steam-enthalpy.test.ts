import { describe, expect, it } from 'vitest';
import { saturationPressure, saturationTemperature, steamEnthalpy } from './steam-enthalpy.ts';

const cel = (kelvin: number) => kelvin - 273.15;

describe('the saturation line of IAPWS-IF97', () => {
  it.each([
    [300, 0.353_658_941e-2],
    [500, 0.263_889_776e1],
    [600, 0.123_443_146e2],
  ])('is at %d K where Table 35 has it', (kelvin, pressure) =>
    expect(saturationPressure(cel(kelvin)) / pressure).toBeCloseTo(1, 8),
  );

  it.each([
    [0.1, 0.372_755_919e3],
    [1, 0.453_035_632e3],
    [10, 0.584_149_488e3],
  ])('is at %d MPa where Table 36 has it', (pressure, kelvin) =>
    expect(saturationTemperature(pressure)).toBeCloseTo(cel(kelvin), 5),
  );
});

describe('the enthalpy of steam', () => {
  it.each([
    [300, 0.0035, 0.254_991_145e4],
    [700, 0.0035, 0.333_568_375e4],
    [700, 30, 0.263_149_474e4],
  ])('at %d K and %d MPa is that of Table 15', (kelvin, pressure, enthalpy) =>
    expect(steamEnthalpy(pressure, cel(kelvin))).toBeCloseTo(enthalpy, 5),
  );

  // h'' of the printed steam tables (VDI, Wagner and Kretzschmar): 2675.5 at 1 atm, 2777.1 at 1 MPa, 2725.5 at 10 MPa.
  it.each([
    [0.101325, 2675.5],
    [1, 2777.1],
    [10, 2725.5],
  ])('saturated at %d MPa is that of the printed tables', (pressure, enthalpy) =>
    expect(steamEnthalpy(pressure, saturationTemperature(pressure))).toBeCloseTo(enthalpy, 1),
  );
});
