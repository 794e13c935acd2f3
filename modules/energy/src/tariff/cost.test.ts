import { readFileSync } from 'node:fs';
import { Decimal as DecimalJs } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { type AmountOptions, type IntervalAmounts, toIntervalAmounts } from '../analysis/interval-amounts.ts';
import { type Cost, tariffCost } from './cost.ts';
import { parseTariff } from './tariff.ts';

// As many digits as a bill may have; the default of 20 would round where the bill does not.
const Decimal = DecimalJs.clone({ precision: 100 });
const example = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../tariffs/${name}.json`, import.meta.url), 'utf8'));
const china = parseTariff(example('example-cn-industrial'));
const germany = parseTariff(example('example-de-industrial'));

/** Hourly amounts, level within the hour, on quarters. */
function amounts(
  from: string,
  to: string,
  timezone: string,
  unit: string,
  value: (hour: number) => number,
  more: Partial<AmountOptions> = {},
): IntervalAmounts {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const count = (end - start) / 900_000;
  const series = {
    time: Float64Array.from({ length: count }, (_, index) => start + index * 900_000),
    value: Float64Array.from({ length: count }, (_, index) => value(Math.floor(index / 4)) / 4),
  };
  const facts = { kind: 'delta', stamp: 'start', unit, intervalSeconds: 900 } as const;
  return toIntervalAmounts(series, facts, { from: start, to: end, intervalMinutes: 15, timezone, ...more });
}

const july = ['2024-07-01T00:00+08:00', '2024-08-01T00:00+08:00', 'Asia/Shanghai'] as const;
const add = (values: string[]) => values.reduce((all, value) => all.plus(value), new Decimal(0)).toFixed();

function expectExactSums(cost: Cost): void {
  for (const month of cost.months) expect(add(month.lines.map((line) => line.cost))).toBe(month.total);
  expect(add(cost.months.map((month) => month.total))).toBe(cost.total);
  expect(add(Object.values(cost.byComponent))).toBe(cost.total);
  expect(add(cost.byPeriod.map((period) => period.cost))).toBe(cost.byComponent.energy);
}

describe('tariffCost', () => {
  it('should bill a level summer month of a Chinese two-part tariff by hand-checkable lines', () => {
    // 100 kW for 31 days: per day 8 h valley, 3 + 1 + 3 h peak, 2 h sharp, 3 + 4 h flat.
    const active = amounts(...july, 'kW.h', () => 100);
    const lagging = amounts(...july, 'kvar.h', () => 75); // power factor 0.8: 5 % at the standard 0.90
    const cost = tariffCost({ tariff: china, active, lagging });
    expect(cost.byPeriod).toEqual([
      { period: 'sharp', amount: 6200, cost: '7737.6' },
      { period: 'peak', amount: 21_700, cost: '22568' },
      { period: 'flat', amount: 21_700, cost: '14105' },
      { period: 'valley', amount: 24_800, cost: '6448' },
    ]);
    const [month] = cost.months;
    expect(month).toMatchObject({ month: '2024-07', share: '1', coverage: 1, powerFactor: 0.8, powerFactorPercent: 5 });
    // Energy 50858.60; demand 100 kW x 40; surcharges 74400 x 0.0272; 5 % of energy and demand, not of surcharges.
    expect(cost.byComponent).toEqual({
      energy: '50858.6',
      demand: '4000',
      charges: '2023.68',
      reactive: '2742.93',
      tax: '0',
    });
    expect(cost.total).toBe('59625.21');
    expectExactSums(cost);
  });

  it('should bill a week of a German contract with weekends, a holiday, reactive energy and tax', () => {
    // 2024-04-01 is Easter Monday, a holiday: 4 weekdays of 16 h peak and 8 h valley, 3 days of valley.
    const week = ['2024-04-01T00:00+02:00', '2024-04-08T00:00+02:00', 'Europe/Berlin'] as const;
    const cost = tariffCost({
      tariff: germany,
      active: amounts(...week, 'kW.h', () => 10),
      lagging: amounts(...week, 'kvar.h', () => 7),
    });
    expect(cost.byPeriod.map(({ period, amount }) => [period, amount])).toEqual([
      ['peak', 640],
      ['valley', 1040],
    ]);
    // 7 x 168 - 0.5 x 1680 = 336 kvar.h at 0.011
    expect(cost.byComponent.reactive).toBe('3.696');
    expect(cost.months[0]!.share).toMatch(/^0\.2333333333/);
    expect(Number(cost.byComponent.demand)).toBeCloseTo((10 * 12.5 * 7) / 30, 9);
    const net = new Decimal(cost.total).minus(cost.byComponent.tax);
    expect(net.times('0.19').toFixed()).toBe(cost.byComponent.tax);
    expectExactSums(cost);
  });

  it('should put the hours of clock changes where the local clock puts them', () => {
    const spring = amounts('2024-03-31T00:00+01:00', '2024-04-01T00:00+02:00', 'Europe/Berlin', 'kW.h', () => 1);
    const cost = tariffCost({ tariff: { ...germany, reactive: undefined }, active: spring });
    expect(cost.byPeriod).toMatchObject([{ period: 'valley', amount: 23 }]);
    const monday = amounts('2024-10-28T00:00+01:00', '2024-10-29T00:00+01:00', 'Europe/Berlin', 'kW.h', () => 1);
    expect(tariffCost({ tariff: { ...germany, reactive: undefined }, active: monday }).byPeriod).toMatchObject([
      { period: 'peak', amount: 16 },
      { period: 'valley', amount: 8 },
    ]);
  });

  it('should treat a working weekend as a weekday', () => {
    const saturday = amounts('2024-03-02T00:00+01:00', '2024-03-03T00:00+01:00', 'Europe/Berlin', 'kW.h', () => 1);
    const tariff = { ...germany, reactive: undefined, workingWeekends: ['2024-03-02'] };
    expect(tariffCost({ tariff, active: saturday }).byPeriod).toMatchObject([{ amount: 16 }, { amount: 8 }]);
  });

  it("should take the maximum demand of each month over the tariff's own interval", () => {
    const active = amounts('2024-01-31T00:00+08:00', '2024-02-02T00:00+08:00', 'Asia/Shanghai', 'kW.h', (hour) =>
      hour === 9 ? 50 : hour === 40 ? 80 : 10,
    );
    const tariff = {
      ...china,
      reactive: undefined,
      demand: { basis: 'maximum-demand', intervalMinutes: 30, pricePerkWMonth: '40', minimumkW: '60' },
    } as const;
    const cost = tariffCost({ tariff, active });
    expect(cost.months.map((month) => month.maximumDemand)).toEqual([
      { kW: 50, at: '2024-01-31T09:00:00+08:00' },
      { kW: 80, at: '2024-02-01T16:00:00+08:00' },
    ]);
    // January bills the agreed minimum of 60 kW for 1/31 of the month.
    expect(Number(cost.months[0]!.lines.find((line) => line.component === 'demand')!.quantity)).toBeCloseTo(
      60 / 31,
      12,
    );
  });

  it('should count months on the site’s clock and hours of use and seasons on the tariff’s', () => {
    // A site in Berlin billed by the hours of Shanghai, six hours ahead in June: two seasons, one hour of peak a day.
    const season = (name: string, months: number[], peak: string) => ({
      ...{ name, months, prices: { peak, flat: '1' } },
      days: [
        {
          types: ['weekday', 'weekend', 'holiday'],
          hours: [
            { from: '12:00', to: '13:00', period: 'peak' },
            { from: '13:00', to: '12:00', period: 'flat' },
          ],
        },
      ],
    });
    const tariff = parseTariff({
      ...{ format: 'millwright-tariff/1', id: 'far', version: '1', name: 'Far', source: 'test', currency: 'CNY' },
      ...{ timezone: 'Asia/Shanghai', validFrom: '2024-06-01', validTo: '2024-08-01' },
      seasons: [season('summer', [7, 8], '4'), season('rest', [1, 2, 3, 4, 5, 6, 9, 10, 11, 12], '2')],
      charges: [{ name: 'base', per: 'month', price: '100' }],
    });
    const berlin = ['2024-06-01T00:00+02:00', '2024-08-01T00:00+02:00', 'Europe/Berlin', 'kW.h'] as const;
    const cost = tariffCost({ tariff, active: amounts(...berlin, () => 1) });
    expectExactSums(cost);
    expect(cost.months.map(({ month, share }) => [month, share])).toEqual([
      ['2024-06', '1'],
      ['2024-07', '1'],
    ]);
    // The last six hours of June in Berlin are July in Shanghai, its hour of peak at 06:00 in Berlin.
    const lines = (month: number) =>
      cost.months[month]!.lines.map(({ name, quantity, price }) => `${quantity} ${name} at ${price}`);
    expect(lines(0)).toEqual(['30 peak at 2', '6 flat at 1', '684 flat at 1', '1 base at 100']);
    // 744 hours of July, 31 of them peak; its last six hours are August there, which is summer too.
    expect(lines(1)).toEqual(['31 peak at 4', '713 flat at 1', '1 base at 100']);
    expect(cost.from).toBe('2024-06-01T00:00:00+02:00');
  });

  it('should bill transformer capacity', () => {
    const active = amounts(...july, 'kW.h', () => 1);
    const tariff = {
      ...china,
      reactive: undefined,
      demand: { basis: 'transformer-capacity', pricePerkVAMonth: '25' },
    } as const;
    expect(tariffCost({ tariff, active, transformerCapacitykVA: 630 }).byComponent.demand).toBe('15750');
    expect(() => tariffCost({ tariff, active })).toThrow(
      expect.objectContaining({ code: 'ENERGY_TARIFF_INPUT_MISSING' }),
    );
  });

  it('should refuse periods, units, intervals and inputs that it cannot bill', () => {
    const active = amounts(...july, 'kW.h', () => 1);
    const error = (code: string) => expect.objectContaining({ code });
    expect(() => tariffCost({ tariff: { ...china, validTo: '2024-07-15' }, active })).toThrow(
      error('ENERGY_TARIFF_NOT_IN_FORCE'),
    );
    expect(() => tariffCost({ tariff: china, active })).toThrow(error('ENERGY_TARIFF_INPUT_MISSING'));
    expect(() => tariffCost({ tariff: china, active: amounts(...july, 'm3', () => 1) })).toThrow(
      error('ENERGY_UNIT_UNKNOWN'),
    );
    const hourly = amounts(...july, 'kW.h', () => 1, { intervalMinutes: 60 });
    expect(() => tariffCost({ tariff: { ...china, reactive: undefined }, active: hourly })).toThrow(/15 minutes/);
    const halves = structuredClone(example('example-de-industrial'));
    halves.seasons[0].days[0].hours[0].from = '06:30';
    halves.seasons[0].days[0].hours[1].to = '06:30';
    delete halves.demand;
    delete halves.reactive;
    expect(() => tariffCost({ tariff: parseTariff(halves), active: hourly })).toThrow(/hours change within one/);
  });
});
