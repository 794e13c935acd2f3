import { describe, expect, it } from 'vitest';
import { dayMs, slotMs } from './model/time-grid.ts';
import { createPlant } from './plant.ts';

const commissionedAt = Date.UTC(2026, 0, 1);
const april = Date.UTC(2026, 3, 15, 8);
const plant = createPlant({ seed: 1, commissionedAt });

const values = (seed: number, timeMs: number) => {
  const other = createPlant({ seed, commissionedAt });
  return other.points.map(({ key }) => other.value(key, timeMs));
};

describe('determinism', () => {
  it('gives every point the same value for the same seed', () => {
    expect(values(1, april + 1234)).toEqual(plant.points.map(({ key }) => plant.value(key, april + 1234)));
  });

  it('does not depend on what was asked for before', () => {
    const late = createPlant({ seed: 1, commissionedAt });
    const expected = late.points.map(({ key }) => late.value(key, april));
    plant.history('qingdao/transformer-1/active-energy', april + dayMs, april + 3 * dayMs, slotMs);
    expect(plant.points.map(({ key }) => plant.value(key, april))).toEqual(expected);
  });

  it('gives nearly every point another value for another seed', () => {
    const [a, b] = [values(1, april), values(2, april)];
    const equal = a.filter((value, index) => value === b[index]).length;
    // Line states and idle phases may agree.
    expect(equal).toBeLessThan(plant.points.length * 0.15);
  });
});

describe('description', () => {
  it('has between 120 and 200 points with unique keys, over three protocols', () => {
    const keys = new Set(plant.points.map((point) => point.key));
    expect(keys.size).toBe(plant.points.length);
    expect(keys.size).toBeGreaterThanOrEqual(120);
    expect(keys.size).toBeLessThanOrEqual(200);
    expect(new Set(plant.points.map((point) => point.address.protocol))).toEqual(
      new Set(['opcua', 'modbus', 'sparkplug']),
    );
  });

  it('is plain data', () => {
    expect(JSON.parse(JSON.stringify(plant.description))).toEqual(plant.description);
  });

  it('names a source for every point, of the protocol of its address', () => {
    for (const point of plant.points) {
      const source = plant.description.sources.find(({ key }) => key === point.source);
      expect(source?.protocol).toBe(point.address.protocol);
      expect(point.displayName.zh).toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('energy', () => {
  const from = april;
  const to = april + 7 * dayMs;
  const grown = (key: string) => plant.value(`${key}/active-energy`, to) - plant.value(`${key}/active-energy`, from);

  it.each(['qingdao/transformer-1', 'qingdao/transformer-2', 'suzhou/transformer-1', 'hamburg/transformer-1'])(
    'adds up behind %s: meter = sub-meters + losses + unmetered',
    (key) => {
      const balance = plant.balance(key, from, to);
      const submeters = Object.values(balance.submeters).reduce((sum, energy) => sum + energy, 0);
      expect(submeters + balance.losses + balance.unmetered).toBeCloseTo(balance.supply, 4);
      // Registers show hundredths of a kWh, so a difference of two readings is off by at most one.
      expect(Math.abs(grown(key) - balance.supply)).toBeLessThanOrEqual(0.0101);
      for (const [asset, energy] of Object.entries(balance.submeters)) {
        expect(Math.abs(grown(asset) - energy)).toBeLessThanOrEqual(0.0101);
      }
      expect(balance.losses / balance.supply).toBeGreaterThan(0.002);
      expect(balance.losses / balance.supply).toBeLessThan(0.02);
    },
  );

  it('is the integral of the power', () => {
    const { values: power } = plant.history('suzhou/transformer-1/active-power', from, to, 60_000);
    const integral = power.reduce((sum, kilowatt) => sum + kilowatt / 60, 0);
    expect(Math.abs(integral / grown('suzhou/transformer-1') - 1)).toBeLessThan(0.002);
  });

  it('has a power factor that fits active and reactive power', () => {
    const p = plant.value('suzhou/transformer-1/active-power', april);
    const q = plant.value('suzhou/transformer-1/reactive-power', april);
    expect(plant.value('suzhou/transformer-1/power-factor', april)).toBeCloseTo(p / Math.hypot(p, q), 1);
  });
});

describe('registers', () => {
  it('never fall', () => {
    for (const point of plant.points.filter(({ kind }) => kind === 'counter')) {
      const { values: readings } = plant.history(point.key, april, april + 10 * dayMs, slotMs / 2);
      for (let i = 1; i < readings.length; i++) {
        if (readings[i] < readings[i - 1]) expect.fail(`${point.key} fell at reading ${i}`);
      }
    }
  });

  it('count 24 running hours in a day of a pump that never stops', () => {
    const key = 'qingdao/cooling-pump-1/running-hours';
    expect(plant.value(key, april + dayMs) - plant.value(key, april)).toBeCloseTo(24, 6);
  });

  it('give deltas that add up to the delta of the longer period', () => {
    const key = 'suzhou/turning-line/scrap';
    const quarters = plant.history(key, april + slotMs, april + dayMs + slotMs, slotMs).values;
    const days = plant.history(key, april + dayMs, april + dayMs + 1, dayMs).values;
    expect(days).toHaveLength(1);
    expect(quarters.reduce((sum, parts) => sum + parts, 0)).toBe(days[0]);
    expect(days[0]).toBeGreaterThan(10);
  });

  it('have no reading before the plant was commissioned', () => {
    const key = 'hamburg/transformer-1/active-energy';
    expect(() => plant.value(key, commissionedAt - 1)).toThrow(/was commissioned at/);
    expect(() => plant.value('hamburg/nothing/here', april)).toThrow(/no point/);
  });
});

describe('the working week', () => {
  it('lets Hamburg rest on Sundays and holidays, while Qingdao melts on', () => {
    const daily = (key: string, date: string) => {
      const from = Date.parse(`${date}T00:00:00+02:00`);
      return plant.value(key, from + dayMs) - plant.value(key, from);
    };
    const parts = 'hamburg/gearbox-line/product-count';
    expect(daily(parts, '2026-06-03')).toBeGreaterThan(300);
    expect(daily(parts, '2026-06-07')).toBe(0);
    // Whit Monday.
    expect(daily(parts, '2026-05-25')).toBe(0);
    expect(daily('qingdao/arc-furnace/product-mass', '2026-06-07')).toBeGreaterThan(1000);
  });

  it('is warmer in July than in January', () => {
    const mean = (key: string, from: number) => {
      const { values: readings } = plant.history(key, from, from + 30 * dayMs, 3_600_000);
      return readings.reduce((sum, value) => sum + value, 0) / readings.length;
    };
    for (const site of ['qingdao', 'suzhou', 'hamburg']) {
      const key = `${site}/weather-station/ambient-temperature`;
      expect(mean(key, Date.UTC(2026, 6, 1)) - mean(key, Date.UTC(2026, 0, 2))).toBeGreaterThan(10);
    }
  });
});

describe('history', () => {
  it('is the values at each step', () => {
    const key = 'hamburg/chiller-1/active-power';
    const history = plant.history(key, april, april + 3_600_000, slotMs);
    expect([...history.times]).toEqual([0, 1, 2, 3].map((i) => april + i * slotMs));
    expect([...history.values]).toEqual([...history.times].map((time) => plant.value(key, time)));
  });

  it('misses no hour of a Hamburg year with two clock changes', () => {
    const from = Date.parse('2026-02-01T00:00:00+01:00');
    const to = Date.parse('2027-02-01T00:00:00+01:00');
    const { times, values: readings } = plant.history('hamburg/transformer-1/active-energy', from, to, 3_600_000);
    expect(times).toHaveLength(8760);
    for (let i = 1; i < times.length; i++) {
      if (times[i] - times[i - 1] !== 3_600_000) expect.fail(`hour ${i} is not an hour after the last`);
      // Something always draws power, so no hour is without energy either.
      if (!(readings[i] - readings[i - 1] > 10)) expect.fail(`hour ${i} has no energy`);
    }
  });
});
