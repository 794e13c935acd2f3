import { describe, expect, it } from 'vitest';
import { demoFaults } from './demo-faults.ts';
import { type Fault, isActive } from './model/faults.ts';
import { dayMs, slotMs } from './model/time-grid.ts';
import { createPlant, type Plant } from './plant.ts';

const commissionedAt = Date.UTC(2026, 0, 1);
const from = Date.UTC(2026, 4, 5, 6);
const to = from + 3 * dayMs;
const during = from + 2 * dayMs + 5000;
const clean = createPlant({ seed: 1, commissionedAt });
const withFault = (fault: Fault): Plant => createPlant({ seed: 1, commissionedAt, faults: [fault] });

/** Keys of points with any other reading than the faultless plant's between two moments. */
function changedPoints(plant: Plant, start: number, end: number): string[] {
  return plant.points
    .filter(({ key }) => {
      const [a, b] = [plant, clean].map((each) => each.history(key, start, end, slotMs));
      return (
        a.times.length !== b.times.length || a.times.some((t, i) => t !== b.times[i] || a.values[i] !== b.values[i])
      );
    })
    .map(({ key }) => key);
}

describe.each<Fault>([
  { kind: 'drift', point: 'suzhou/chiller-1/supply-temperature', from, to, magnitude: 3 },
  { kind: 'stuck-value', point: 'qingdao/compressor-1/pressure', from, to },
  { kind: 'bearing-wear', asset: 'qingdao/cooling-pump-2', from, to, magnitude: 5 },
  { kind: 'leak', asset: 'suzhou/compressor-1', from, to, magnitude: 200 },
  { kind: 'phase-imbalance', asset: 'hamburg/transformer-1', from, to, magnitude: 0.2 },
  { kind: 'gap', asset: 'suzhou/grinding-line', from, to },
  { kind: 'clock-skew', asset: 'hamburg/test-line', from, to, magnitude: 90 },
])('$kind', (fault) => {
  const plant = withFault(fault);

  it('changes readings of the affected points only, and nothing before it begins', () => {
    expect(changedPoints(plant, from - 2 * dayMs, from)).toEqual([]);
    const changed = changedPoints(plant, from, to);
    expect(plant.affectedPoints(fault)).toEqual(expect.arrayContaining(changed));
    expect(changed).not.toEqual([]);
  });

  it('leaves the true values alone', () => {
    for (const key of plant.affectedPoints(fault)) expect(plant.trueValue(key, during)).toBe(clean.value(key, during));
  });

  it('is over at its end, but for what registers have counted', () => {
    const lasting = changedPoints(plant, to, to + dayMs).map((key) => plant.point(key).kind);
    expect(lasting.every((kind) => kind === 'counter')).toBe(true);
    if (fault.kind !== 'leak') expect(lasting).toEqual([]);
  });
});

describe('magnitudes', () => {
  it('drift reaches its magnitude at the end, in a straight line', () => {
    const key = 'suzhou/chiller-1/supply-temperature';
    const plant = withFault({ kind: 'drift', point: key, from, to, magnitude: 3 });
    const error = (time: number) => plant.value(key, time) - clean.value(key, time);
    expect(error((from + to) / 2)).toBeCloseTo(1.5, 1);
    expect(error(to - 1)).toBeCloseTo(3, 1);
  });

  it('a stuck value repeats the last reading', () => {
    const key = 'qingdao/compressor-1/pressure';
    const plant = withFault({ kind: 'stuck-value', point: key, from, to });
    expect(new Set(plant.history(key, from, to, 60_000).values)).toEqual(new Set([clean.value(key, from)]));
  });

  it('bearing wear grows with the square of time and warms the bearing', () => {
    const asset = 'qingdao/cooling-pump-2';
    const plant = withFault({ kind: 'bearing-wear', asset, from, to, magnitude: 5 });
    const extra = (metric: string, time: number) =>
      plant.value(`${asset}/${metric}`, time) - clean.value(`${asset}/${metric}`, time);
    // The sensor's noise grows with the vibration: up to 5 % of the extra.
    expect(Math.abs(extra('vibration', (from + to) / 2) - 1.25)).toBeLessThan(0.07);
    expect(Math.abs(extra('vibration', to - 1) - 5)).toBeLessThan(0.26);
    expect(extra('bearing-temperature', to - 1)).toBeCloseTo(20, 1);
  });

  it('a leak is air lost around the clock, paid for at the supply meter', () => {
    const plant = withFault({ kind: 'leak', asset: 'suzhou/compressor-1', from, to, magnitude: 200 });
    const grown = (each: Plant, key: string) => each.value(key, to) - each.value(key, from);
    const extra = (key: string) => grown(plant, key) - grown(clean, key);
    // 200 m3/h over 72 hours; the registers show tenths.
    expect(Math.abs(extra('suzhou/air-meter/air-volume') - 14_400)).toBeLessThan(0.2);
    const compressors = extra('suzhou/compressor-1/active-energy') + extra('suzhou/compressor-2/active-energy');
    expect(compressors).toBeGreaterThan(1000);
    // And a little more for the transformer's losses.
    const supply = extra('suzhou/transformer-1/active-energy');
    expect(supply / compressors).toBeGreaterThan(1);
    expect(supply / compressors).toBeLessThan(1.03);
  });

  it('a phase imbalance moves current between phases and keeps the sum', () => {
    const asset = 'hamburg/transformer-1';
    const plant = withFault({ kind: 'phase-imbalance', asset, from, to, magnitude: 0.2 });
    const ratio = (phase: string) =>
      plant.value(`${asset}/current-${phase}`, during) / clean.value(`${asset}/current-${phase}`, during);
    expect(ratio('l1')).toBeCloseTo(1.2, 2);
    expect(ratio('l2')).toBeCloseTo(0.9, 2);
    expect(ratio('l3')).toBeCloseTo(0.9, 2);
  });

  it('in a gap nothing is sent, though the meter counts on', () => {
    const key = 'suzhou/grinding-line/active-energy';
    const plant = withFault({ kind: 'gap', asset: 'suzhou/grinding-line', from, to });
    expect(plant.reading(key, from)).toBeUndefined();
    expect(plant.reading(key, to)).toEqual({ at: to, value: clean.value(key, to) });
    expect([...plant.history(key, from - slotMs, to + 1, slotMs).times]).toEqual([from - slotMs, to]);
  });

  it('a skewed clock moves the stamps and not the values', () => {
    const key = 'hamburg/test-line/active-power';
    const plant = withFault({ kind: 'clock-skew', asset: 'hamburg/test-line', from, to, magnitude: 90 });
    expect(plant.reading(key, during)).toEqual({ at: during + 90_000, value: clean.value(key, during) });
    expect(plant.reading(key, to)?.at).toBe(to);
  });
});

describe('meters', () => {
  const key = 'suzhou/water-meter/water-volume';

  it('a rollover passes through zero at its moment, and every difference modulo the width stays true', () => {
    const width = 1_000_000;
    const plant = withFault({ kind: 'meter-rollover', point: key, from, to: from, magnitude: width });
    expect(plant.value(key, from)).toBe(0);
    expect(plant.value(key, from - slotMs)).toBeGreaterThan(width - 10);
    const rolled = plant.history(key, from - dayMs, to, slotMs).values;
    const truth = clean.history(key, from - dayMs, to, slotMs).values;
    const falls = rolled.filter((value, i) => i > 0 && value < rolled[i - 1]);
    expect(falls).toHaveLength(1);
    for (let i = 1; i < rolled.length; i++) {
      const difference = (rolled[i] - rolled[i - 1] + width) % width;
      if (Math.abs(difference - (truth[i] - truth[i - 1])) > 1e-6) expect.fail(`interval ${i} differs`);
    }
  });

  it('a rollover without a width takes the next power of ten with room to spare', () => {
    const plant = withFault({ kind: 'meter-rollover', point: key, from, to: from });
    expect(plant.value(key, from - slotMs)).toBeGreaterThan(clean.value(key, from));
    expect(Math.ceil(Math.log10(plant.value(key, from - slotMs)))).toBe(
      Math.ceil(Math.log10(clean.value(key, from) * 2)),
    );
  });

  it('a new meter starts at its own reading and counts the same amounts', () => {
    const plant = withFault({ kind: 'meter-change', point: key, from, to: from, magnitude: 12 });
    expect(plant.value(key, from - 1)).toBe(clean.value(key, from - 1));
    expect(plant.value(key, from)).toBe(12);
    expect(plant.value(key, to)).toBeCloseTo(12 + clean.value(key, to) - clean.value(key, from), 3);
  });
});

describe('refusals', () => {
  it.each<[string, Fault]>([
    ['no such point', { kind: 'drift', point: 'suzhou/nothing', from, to }],
    ['no target', { kind: 'gap', from, to }],
    ['an end before the beginning', { kind: 'gap', asset: 'suzhou/chiller-1', from: to, to: from }],
    ['a drifting counter', { kind: 'drift', point: 'suzhou/water-meter/water-volume', from, to }],
    ['a gauge that rolls over', { kind: 'meter-rollover', point: 'suzhou/chiller-1/active-power', from, to }],
    ['a leaking furnace', { kind: 'leak', asset: 'qingdao/arc-furnace', from, to }],
    ['a leak off the quarter of an hour', { kind: 'leak', asset: 'suzhou/compressor-1', from: from + 1, to }],
  ])('refuses %s', (_what, fault) => {
    expect(() => withFault(fault)).toThrow(expect.objectContaining({ code: 'SIMULATOR_FAULT_INVALID' }));
  });
});

it('the demonstration has one fault of each kind, all of them possible', () => {
  const end = Date.UTC(2026, 10, 20, 9, 13);
  const faults = demoFaults(end);
  expect(() => createPlant({ commissionedAt, faults })).not.toThrow();
  expect(new Set(faults.map(({ kind }) => kind)).size).toBe(9);
  expect(faults.some((fault) => isActive(fault, end))).toBe(true);
});
