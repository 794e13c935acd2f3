import { describe, expect, it } from 'vitest';
import { regression } from './regression.ts';
import { studentQuantile, studentTwoSided } from './student-t.ts';

describe('regression', () => {
  // NIST StRD, Norris: certified values.
  const pairs =
    '0.1 0.2;338.8 337.4;118.1 118.2;888.0 884.6;9.2 10.1;228.1 226.5;668.5 666.3;998.5 996.3;449.1 448.6;778.9 777.0;559.2 558.2;0.3 0.4;0.1 0.6;778.1 775.5;668.8 666.9;339.3 338.0;448.9 447.5;10.8 11.6;557.7 556.0;228.3 228.1;998.0 995.8;888.8 887.6;119.6 120.2;0.3 0.3;0.6 0.3;557.6 556.8;339.3 339.1;888.0 887.2;998.5 999.0;778.9 779.0;10.2 11.1;117.6 118.3;228.9 229.2;668.4 669.1;449.2 448.9;0.2 0.5'
      .split(';')
      .map((pair) => pair.split(' ').map(Number));
  const y = Float64Array.from(pairs, ([first]) => first!);
  const x = Float64Array.from(pairs, ([, second]) => second!);
  const ones = new Float64Array(y.length).fill(1);

  it('gives the certified values of NIST’s Norris set', () => {
    const fit = regression([ones, x], y);
    expect(fit.coefficients[0]).toBeCloseTo(-0.262323073774029, 10);
    expect(fit.coefficients[1]).toBeCloseTo(1.00211681802045, 12);
    expect(fit.errors[0]).toBeCloseTo(0.232818234301152, 9);
    expect(fit.errors[1]).toBeCloseTo(0.429796848199937e-3, 12);
    expect(fit.r2).toBeCloseTo(0.999993745883712, 12);
  });

  it('drops what says nothing new', () => {
    const twice = x.map((value) => 2 * value + 3);
    const fit = regression([ones, x, twice], y);
    expect([...fit.dropped]).toEqual([0, 0, 1]);
    expect(fit.coefficients[1]).toBeCloseTo(1.00211681802045, 10);
  });
});

describe('Student’s distribution', () => {
  it.each([
    [0.95, 10, 2.2281388519649],
    [0.8, 348, 1.2839890006],
    [0.9, 1, 6.3137515],
  ])('%f of %i degrees of freedom lies within %f', (confidence, freedom, t) => {
    expect(studentQuantile(confidence, freedom)).toBeCloseTo(t, 5);
    expect(studentTwoSided(t, freedom)).toBeCloseTo(1 - confidence, 6);
  });
});
