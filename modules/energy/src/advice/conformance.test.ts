import { describe, expect, it } from 'vitest';
import exampleTariff from '../../tariffs/example-cn-industrial.json' with { type: 'json' };
import { parseTariff } from '../tariff/tariff.ts';
import type { AdviceData } from './kind.ts';
import { chillerSequencingAdvice, leastPower } from './kinds/chiller-sequencing.ts';
import { losses } from './kinds/transformer-loading.ts';
import { adviceKinds } from './registry.ts';
import { solveLinear } from './solve-linear.ts';

const hours = 35 * 24;
const start = Float64Array.from({ length: hours }, (_, hour) => Date.UTC(2024, 6, 1) + hour * 3_600_000);
const hourOfWeek = Int16Array.from(start, (_, hour) => hour % 168);
const works = (hour: number) => hour % 168 < 120 && hour % 24 >= 6 && hour % 24 < 22;
const wave = (hour: number) => 5 * Math.sin(hour * 1.7);
const data: AdviceData = {
  ...{ start, hourOfWeek, month: Array.from(start, (time) => new Date(time).toISOString().slice(0, 7)) },
  energy: Float64Array.from(start, (_, hour) => (works(hour) ? 200 : 60) + wave(hour)),
  production: Float64Array.from(start, (_, hour) => (works(hour) ? 10 : 0)),
  lagging: Float64Array.from(start, (_, hour) => (works(hour) ? 180 : 40)),
  cooling: Float64Array.from(start, (_, hour) => (works(hour) ? 600 : 150)),
  price: Float64Array.from(start, (_, hour) => (hour % 24 < 8 ? 0.3 : 0.9)),
  tariff: parseTariff(exampleTariff),
};
const curve: [number, number][] = [
  [0.2, 3],
  [0.5, 5],
  [0.8, 5.5],
  [1, 5.2],
];
const settings: Record<string, unknown> = {
  'transformer-loading': {
    units: ['T1', 'T2', 'T3'].map((name) => ({ name, kVA: 1000, noLoadkW: 1.7, loadkW: 10.3 })),
  },
  'chiller-sequencing': { chillers: ['C1', 'C2'].map((name) => ({ name, capacitykW: 700, curve })) },
};

describe.each(Object.values(adviceKinds))('the advice $id', (kind) => {
  const given = kind.settings.parse(settings[kind.id] ?? {});

  it('names its source, says the same twice and lies within its own range', async () => {
    expect(kind.source.length).toBeGreaterThan(30);
    const found = await kind.evaluate(data, given);
    expect(found).not.toBeNull();
    expect(await kind.evaluate(data, given)).toEqual(found);
    for (const one of [found!.energy, found!.cost]) {
      expect(one.low).toBeLessThanOrEqual(one.value);
      expect(one.high).toBeGreaterThanOrEqual(one.value);
    }
    expect(found!.cost.value).toBeGreaterThan(0);
    expect(found!.figures.every(({ value }) => Number.isFinite(value))).toBe(true);
    expect(found!.picture.now.length).toBe(found!.picture.advised.length);
  });

  it('says nothing of readings that hold nothing', async () => {
    const nothing = new Float64Array(hours);
    const idle = { ...data, energy: nothing, lagging: nothing, cooling: nothing };
    const found = await kind.evaluate(idle, given);
    expect(found === null || kind.id === 'transformer-loading').toBe(true);
  });
});

describe('what the advice is worth', () => {
  const of = async (id: keyof typeof adviceKinds) =>
    (await adviceKinds[id].evaluate(data, adviceKinds[id].settings.parse(settings[id] ?? {})))!;

  it('closes a part of the leaks day and night', async () => {
    const { energy, figures } = await of('compressed-air');
    const leak = figures.find(({ name }) => name === 'leak-power')!.value;
    expect(Math.abs(leak - 60)).toBeLessThan(6);
    expect(energy.value / (leak * 0.6 * 8760)).toBeCloseTo(1, 1);
  });

  it('moves load to cheap hours of the same day and lowers the peak', async () => {
    const { cost, figures } = await of('load-shifting');
    const value = (wanted: string) => figures.find(({ name }) => name === wanted)!.value;
    expect(value('peak-advised')).toBeLessThan(value('peak-now'));
    // At most a tenth of the dear hours' energy at the difference of prices, and a tenth of the peak.
    expect(cost.value).toBeLessThan(12 * (31 * 16 * 200 * 0.1 * 0.6 + 0.1 * 205 * 40));
  });

  it('switches off the transformers that cost more than they carry', async () => {
    const units = ['T1', 'T2'].map((name) => ({ name, kVA: 1000, noLoadkW: 1.7, loadkW: 10.3 }));
    expect(losses(units, 0)).toBeCloseTo(3.4);
    expect(losses(units, 1000)).toBeCloseTo(3.4 + 2 * 10.3 * 0.25);
    const { notes } = await of('transformer-loading');
    expect(notes[0]!.text).toBe('Keep on: T1; switch off: T2, T3.');
  });

  it('runs one chiller where two would run at poor part load', async () => {
    const { figures } = await of('chiller-sequencing');
    expect(figures[1]!.value).toBeGreaterThan(figures[0]!.value);
    const one = { power: (part: number) => 100 * part ** 2 + 20, capacitykW: 500, least: 0.2, name: 'C', curve };
    // Two equal convex chillers share alike.
    expect(leastPower([one, one], 500)).toBeCloseTo(2 * one.power(0.5), 1);
    expect(leastPower([one], 501)).toBe(Number.POSITIVE_INFINITY);
    expect(chillerSequencingAdvice.needs).toEqual(['cooling']);
  });
});

it('solves a linear program with a whole number in it', async () => {
  const solved = await solveLinear({
    cost: [-3, -2],
    bounds: [
      { low: 0, high: 10, integer: true },
      { low: 0, high: 10 },
    ],
    rows: [
      {
        entries: [
          [0, 2],
          [1, 1],
        ],
        atMost: 7.5,
      },
    ],
  });
  expect([...solved]).toEqual([0, 7.5]);
  await expect(
    solveLinear({ cost: [1], bounds: [{ low: 0, high: 1 }], rows: [{ entries: [[0, 1]], atLeast: 2 }] }),
  ).rejects.toMatchObject({ code: 'ENERGY_ADVICE_UNSOLVED' });
});
