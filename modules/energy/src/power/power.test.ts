import { describe, expect, it } from 'vitest';
import {
  breakerOperations,
  currentDistortion,
  unbalance,
  voltageDistortion,
  voltageUnbalance,
} from './quality-limits.ts';
import { watchTemperature } from './temperature-watch.ts';
import { ageingRate, type TransformerFacts, transformerThermal } from './transformer-thermal.ts';

const minutes = (count: number) => Float64Array.from({ length: count }, (_, at) => at * 60_000);

describe('the thermal model of IEC 60076-7', () => {
  const facts: TransformerFacts = {
    ...{ cooling: 'onaf', oilRise: 45, hotSpotRise: 35, lossRatio: 8, upgradedPaper: false },
  };

  it('ends where the steady state of the standard is', () => {
    const n = 3000;
    const { topOil, hotSpot } = transformerThermal(
      minutes(n),
      new Float64Array(n).fill(1),
      new Float64Array(n).fill(20),
      facts,
    );
    expect(topOil.at(-1)).toBeCloseTo(65, 6);
    expect(hotSpot.at(-1)).toBeCloseTo(100, 6);
  });

  it('ages by 1 at 98 °C, twice as fast 6 K above, and upgraded paper by 1 at 110 °C', () => {
    expect(ageingRate(98, false)).toBe(1);
    expect(ageingRate(104, false)).toBeCloseTo(2);
    expect(ageingRate(110, true)).toBeCloseTo(1);
    // Table 2 of the standard: 134 °C gives 64 and 8.9 (upgraded, 15000 K).
    expect(ageingRate(134, false)).toBeCloseTo(64);
    expect(ageingRate(134, true)).toBeGreaterThan(8);
    expect(ageingRate(134, true)).toBeLessThan(11);
  });

  it('follows the exponential of the standard after a step of load, over the hot spot that overshoots', () => {
    const n = 1200;
    const load = Float64Array.from({ length: n }, (_, at) => (at === 0 ? 0 : 1.5));
    const { topOil, hotSpot } = transformerThermal(minutes(n), load, new Float64Array(n).fill(25.6), facts);
    // Eq. 9: initial + (final - initial)(1 - exp(-t / (k11 tau))).
    const [initial, final] = [(1 / 9) ** 0.8 * 45, (19 / 9) ** 0.8 * 45];
    const at = (t: number) => 25.6 + initial + (final - initial) * (1 - Math.exp(-t / (0.5 * 150)));
    for (const t of [30, 190, 600]) expect(Math.abs(topOil[t]! - at(t))).toBeLessThan(0.6);
    // Eq. 10 with k21 = 2, k22 = 2: two exponentials.
    const rise = 35 * 1.5 ** 1.3;
    const spot = (t: number) => rise * (2 * (1 - Math.exp(-t / 14)) - (1 - Math.exp(-t / 75)));
    for (const t of [30, 190, 600]) expect(Math.abs(hotSpot[t]! - topOil[t]! - spot(t))).toBeLessThan(1.2);
    expect(spot(40)).toBeGreaterThan(rise);
  });

  it('counts a day at 98 °C as a day of life', () => {
    const n = 1441;
    const still = transformerThermal(minutes(n), new Float64Array(n).fill(1), new Float64Array(n).fill(18), facts);
    expect(still.lossOfLife.at(-1)).toBeCloseTo(1440, 6);
  });
});

describe('limits of power quality', () => {
  it('hold the 95th percentile against the standard', () => {
    const mostly = Float64Array.from({ length: 100 }, (_, at) => (at < 96 ? 3 : 9));
    expect(voltageDistortion(mostly, 10)).toMatchObject({ limit: 5, percentile95: 3, exceeded: false, share: 0.04 });
    expect(
      currentDistortion(
        mostly.map((value) => value * 3),
        30,
      ),
    ).toMatchObject({ limit: 8, exceeded: true });
    const percent = unbalance([Float64Array.of(230), Float64Array.of(225), Float64Array.of(220)]);
    expect(percent[0]).toBeCloseTo(100 * (5 / 225));
    expect(voltageUnbalance(percent).exceeded).toBe(true);
  });

  it('count how often a breaker closed', () => {
    expect(breakerOperations(Float64Array.of(1, 0, 0, 1, Number.NaN, 1, 0, 1))).toBe(2);
  });
});

describe('the watch on a temperature', () => {
  const n = 24 * 120;
  const time = Float64Array.from({ length: n }, (_, hour) => hour * 3_600_000);
  const load = Float64Array.from(
    { length: n },
    (_, hour) => 0.6 + 0.3 * Math.sin(hour / 3.8) + 0.05 * Math.sin(hour * 7.3),
  );
  const oil = (fault: number) =>
    load.map((value, hour) => 30 + 25 * value ** 2 + Math.sin(hour * 1.9) + (hour > 24 * 100 ? fault : 0));

  it('warns where it no longer fits the load, and not before', () => {
    const found = watchTemperature(time, oil(4), [load], 24 * 60);
    expect(found.r2).toBeGreaterThan(0.9);
    expect(found.warnings).toHaveLength(1);
    const [warning] = found.warnings;
    expect(warning!.from / 86_400_000).toBeGreaterThan(100);
    expect(warning!.from / 86_400_000).toBeLessThan(101.5);
    expect(warning!.degrees).toBeGreaterThan(3);
    expect(watchTemperature(time, oil(0), [load], 24 * 60).warnings.length).toBeLessThanOrEqual(1);
  });
});
