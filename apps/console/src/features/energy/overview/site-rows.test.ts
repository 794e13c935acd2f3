import { describe, expect, it } from 'vitest';
import type { CarrierOverview, Overview, SiteCost } from '../types.ts';
import { carrierChoices, changeOf, costTotals, largestUsers, siteRows, sumOf } from './site-rows.ts';

const comparison = (current: number, reference: number, comparable = true) =>
  ({ comparable, perDay: { current, reference } }) as CarrierOverview['comparisons']['yesterday'];

const carrier = (value: number | null, more: Partial<CarrierOverview> = {}) =>
  ({
    ...{ carrier: 'electricity', unit: 'kW.h', thisMonth: { value }, top: [] },
    comparisons: { lastMonth: null, lastYear: null, yesterday: comparison(0, 0, false) },
    ...more,
  }) as unknown as CarrierOverview;

const site = (id: string, ...carriers: CarrierOverview[]) =>
  ({ site: { id, name: id, timezone: 'UTC' }, carriers }) as Overview['sites'][number];

const cost = (id: string, total: string, currency: string, example = false) =>
  ({ site: { id }, cost: { total, currency, tariffs: [{ example }] } }) as unknown as SiteCost;

describe('carrierChoices', () => {
  it('keep a carrier metered in two kinds of unit apart', () => {
    const gas = (unit: string) => carrier(1, { carrier: 'natural-gas', unit });
    expect(carrierChoices([site('a', carrier(1), gas('m3')), site('b', gas('kW.h'))]).map(({ key }) => key)).toEqual([
      'electricity kW.h',
      'natural-gas m3',
      'natural-gas kW.h',
    ]);
  });
});

describe('siteRows', () => {
  it('put the largest first and keep sites that meter nothing of it', () => {
    const rows = siteRows([site('small', carrier(1)), site('none'), site('large', carrier(9))], 'electricity kW.h');
    expect(rows.map(({ id }) => id)).toEqual(['large', 'small', 'none']);
    expect(sumOf(rows, ({ thisMonth }) => thisMonth.value)).toBe(10);
  });

  it('know no sum where nothing is known', () =>
    expect(sumOf(siteRows([site('a', carrier(null))], 'electricity kW.h'), ({ thisMonth }) => thisMonth.value)).toBe(
      null,
    ));
});

describe('changeOf', () => {
  it('holds only comparable sites against each other', () => {
    const moved = (current: number, reference: number, comparable: boolean) =>
      carrier(1, {
        comparisons: { lastMonth: null, lastYear: null, yesterday: comparison(current, reference, comparable) },
      });
    const rows = siteRows(
      [site('a', moved(110, 100, true)), site('b', moved(130, 100, true)), site('c', moved(1, 100, false))],
      'electricity kW.h',
    );
    expect(changeOf(rows, 'yesterday')).toBeCloseTo(0.2, 12);
    expect(changeOf(rows, 'lastMonth')).toBeNull();
  });
});

describe('largestUsers', () => {
  it('are taken from all sites, with their share of all', () => {
    const user = (name: string, value: number) => ({ id: name, name, kind: 'asset' as const, value, share: null });
    const rows = siteRows(
      [site('a', carrier(60, { top: [user('oven', 30)] })), site('b', carrier(40, { top: [user('press', 35)] }))],
      'electricity kW.h',
    );
    expect(largestUsers(rows)).toEqual([
      { id: 'press', name: 'press', site: 'b', value: 35, share: 0.35 },
      { id: 'oven', name: 'oven', site: 'a', value: 30, share: 0.3 },
    ]);
    expect(largestUsers(rows, 1)).toHaveLength(1);
  });
});

describe('costTotals', () => {
  it('never add two currencies, and say where prices are made up', () => {
    const costs = [cost('a', '10.50', 'CNY'), cost('b', '4.25', 'CNY', true), cost('c', '3', 'EUR')];
    const rows = siteRows([site('a'), site('b'), site('c')], 'electricity kW.h', costs);
    expect(costTotals(rows)).toEqual([
      { currency: 'CNY', total: 14.75, example: true },
      { currency: 'EUR', total: 3, example: false },
    ]);
  });
});
