import type { Note } from '@millwright/kernel';
import { Decimal as DecimalJs } from 'decimal.js';
import { coarsen } from '../analysis/coarsen.ts';
import { demandProfile } from '../analysis/demand-profile.ts';
import type { Grid } from '../analysis/grid.ts';
import type { IntervalAmounts } from '../analysis/interval-amounts.ts';
import { peak } from '../analysis/peak.ts';
import { type EnergyTriple, powerFactor } from '../analysis/power-factor.ts';
import { dateOf, type SiteClock, siteClock, weekdayOf } from '../analysis/site-clock.ts';
import { sum } from '../analysis/sum.ts';
import { type Bucket, buckets } from '../analysis/totals.ts';
import { energyErrors } from '../errors.ts';
import { energyReasons } from '../notes.ts';
import { powerFactorAdjustment } from './power-factor-adjustment.ts';
import { scheduleOf } from './schedule.ts';
import { type DayType, type Tariff, type TouPeriod, touPeriods } from './tariff.ts';

// Digits enough that no product or sum below ever rounds; a quotient is cut to `shareDigits` first. So totals are exact.
const Decimal = DecimalJs.clone({ precision: 100, toExpNeg: -60, toExpPos: 60 });
type Decimal = DecimalJs;
const shareDigits = 20;

export const costComponents = ['energy', 'demand', 'charges', 'reactive', 'tax'] as const;
export type CostComponent = (typeof costComponents)[number];

export interface CostInput {
  readonly tariff: Tariff;
  /** In the tariff's energy unit; on intervals no longer than its hours and its demand interval need. */
  readonly active: IntervalAmounts;
  /** In kvar.h on the same grid; needed by tariffs that bill reactive energy. */
  readonly lagging?: IntervalAmounts;
  readonly leading?: IntervalAmounts;
  /** Installed transformers in kVA; needed by tariffs that bill capacity. */
  readonly transformerCapacitykVA?: number;
}

/** One line of a bill. Money and prices are decimal text, exact; `cost` is quantity times price (times share of the month). */
export interface CostLine {
  readonly component: CostComponent;
  readonly name: string;
  readonly period: TouPeriod | null;
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  readonly cost: string;
}

export interface MonthCost {
  /** `YYYY-MM` of the site's calendar. */
  readonly month: string;
  /** Share of the month that lies in the period; monthly prices are billed in this proportion. */
  readonly share: string;
  /** Share of that time that readings speak for; what is missing is not billed. */
  readonly coverage: number;
  readonly maximumDemand: { readonly kW: number; readonly at: string } | null;
  readonly powerFactor: number | null;
  /** Percent of the power-factor rule, negative for a reduction; null when the tariff has none. */
  readonly powerFactorPercent: number | null;
  readonly lines: CostLine[];
  readonly total: string;
}

export interface Cost {
  readonly tariff: { readonly id: string; readonly version: string; readonly name: string; readonly example: boolean };
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  readonly months: MonthCost[];
  readonly byComponent: Record<CostComponent, string>;
  /** Energy and its price by period of use; periods that the tariff does not use are left out. */
  readonly byPeriod: { readonly period: TouPeriod; readonly amount: number; readonly cost: string }[];
  readonly total: string;
}

/** A period of use in a season as one number, so that each has its price. */
const rateOf = (season: number, period: number) => season * touPeriods.length + period;

/** Rate of every interval, by the tariff's own clock. */
export function ratesOf(tariff: Tariff, grid: Grid): Uint16Array {
  const clock = siteClock(tariff.timezone, grid.start, grid.end);
  const schedule = scheduleOf(tariff).map((month, index) => {
    const season = tariff.seasons.findIndex(({ months }) => months.includes(index + 1));
    const indices = (type: DayType) =>
      Uint16Array.from(month[type], (period) => rateOf(season, touPeriods.indexOf(period)));
    return { weekday: indices('weekday'), weekend: indices('weekend'), holiday: indices('holiday') };
  });
  const holidays = new Set(tariff.holidays);
  const workingWeekends = new Set(tariff.workingWeekends);
  const span = grid.intervalMinutes / 15;
  const rates = new Uint16Array(grid.count);
  let currentDay = Number.NaN;
  let today = schedule[0]!.weekday;
  for (let index = 0; index < grid.count; index++) {
    const time = grid.start + index * grid.step;
    const day = clock.dayOf(time);
    if (day !== currentDay) {
      currentDay = day;
      const date = dateOf(day);
      const weekend = weekdayOf(day) > 5 && !workingWeekends.has(date);
      today = schedule[Number(date.slice(5, 7)) - 1]![holidays.has(date) ? 'holiday' : weekend ? 'weekend' : 'weekday'];
    }
    const slot = Math.floor(clock.minuteOfDay(time) / 15);
    const rate = today[slot]!;
    for (let part = 1; part < span; part++)
      if (today[(slot + part) % today.length] !== rate)
        throw energyErrors.ENERGY_TARIFF_INPUT_MISSING({
          tariff: tariff.id,
          missing: energyReasons['finer-for-hours']({ minutes: grid.intervalMinutes }),
        });
    rates[index] = rate;
  }
  return rates;
}

/** Energy price of every interval as a number, for what optimises; a bill is made of the decimals. */
export function pricesOf(tariff: Tariff, grid: Grid): Float64Array {
  return Float64Array.from(ratesOf(tariff, grid), (rate) => {
    const season = tariff.seasons[Math.floor(rate / touPeriods.length)]!;
    return Number(season.prices[touPeriods[rate % touPeriods.length]!]);
  });
}

function checkInput({ tariff, active, lagging, leading, transformerCapacitykVA }: CostInput, clock: SiteClock): void {
  const { grid, unit } = active;
  if (unit !== tariff.energyUnit) throw energyErrors.ENERGY_UNIT_UNKNOWN({ from: unit, to: tariff.energyUnit });
  const validFrom = clock.instantOf(tariff.validFrom);
  const validTo = tariff.validTo === null ? Number.POSITIVE_INFINITY : clock.instantOf(tariff.validTo);
  if (grid.start < validFrom || grid.end > validTo)
    throw energyErrors.ENERGY_TARIFF_NOT_IN_FORCE({
      tariff: `${tariff.id} ${tariff.version}`,
      from: clock.iso(grid.start),
      to: clock.iso(grid.end),
      validFrom: tariff.validFrom,
      validTo: tariff.validTo ?? 'further notice',
    });
  const missing = (what: Note) => energyErrors.ENERGY_TARIFF_INPUT_MISSING({ tariff: tariff.id, missing: what });
  const { demand } = tariff;
  if (demand && unit !== 'kW.h') throw missing(energyReasons['energy-in-kwh']());
  if (demand?.basis === 'transformer-capacity' && transformerCapacitykVA === undefined)
    throw missing(energyReasons['transformer-capacity']());
  if (demand?.basis === 'maximum-demand' && grid.intervalMinutes > demand.intervalMinutes)
    throw missing(energyReasons['finer-for-demand']({ minutes: demand.intervalMinutes }));
  if (tariff.reactive && !lagging) throw missing(energyReasons['lagging-energy']());
  for (const reactive of [lagging, leading])
    if (
      reactive &&
      (reactive.grid.start !== grid.start || reactive.grid.count !== grid.count || reactive.unit !== 'kvar.h')
    )
      throw missing(energyReasons['reactive-on-grid']());
}

/**
 * A metered quantity as a decimal of 15 significant digits, all that a double carries safely: the sum of readings like
 * 3.17 kW.h is off by the readings' own binary error behind that, and a bill must not show 0.00000000000005 of it.
 */
function metered(quantity: number): Decimal {
  return new Decimal(quantity.toPrecision(15));
}

class Bill {
  readonly lines: CostLine[] = [];
  readonly costs: Decimal[] = [];
  #base = new Decimal(0);

  add(line: Omit<CostLine, 'cost' | 'quantity' | 'price'>, quantity: Decimal, price: Decimal, adjusted: boolean): void {
    const cost = quantity.times(price);
    this.lines.push({ ...line, quantity: quantity.toFixed(), price: price.toFixed(), cost: cost.toFixed() });
    this.costs.push(cost);
    if (adjusted) this.#base = this.#base.plus(cost);
  }

  /** What the power-factor percentage is taken of. */
  get base(): Decimal {
    return this.#base;
  }

  get total(): Decimal {
    return total(this.costs);
  }
}

function total(values: readonly Decimal[]): Decimal {
  return values.reduce((all, value) => all.plus(value), new Decimal(0));
}

function energiesOf({ active, lagging, leading }: CostInput, { first, last }: Bucket): EnergyTriple {
  const energy = (amounts?: IntervalAmounts) => (amounts ? sum(amounts.amount, first, last) : 0);
  return { active: energy(active), lagging: energy(lagging), leading: energy(leading) };
}

/** `energies` by rate. Two seasons meet in a month only where the tariff's clock is not the site's. */
function billEnergy(bill: Bill, tariff: Tariff, energies: Float64Array): void {
  touPeriods.forEach((period, index) => {
    tariff.seasons.forEach(({ prices }, season) => {
      const energy = energies[rateOf(season, index)]!;
      if (prices[period] === undefined || energy === 0) return;
      const line = { component: 'energy', name: period, period, unit: tariff.energyUnit } as const;
      bill.add(line, metered(energy), new Decimal(prices[period]), true);
    });
  });
}

function billDemand(
  bill: Bill,
  { tariff: { demand }, transformerCapacitykVA }: CostInput,
  share: Decimal,
  kW: number,
): void {
  if (demand?.basis === 'maximum-demand') {
    const billed = Decimal.max(metered(kW), new Decimal(demand.minimumkW ?? 0));
    const line = { component: 'demand', name: 'maximum-demand', period: null, unit: 'kW.month' } as const;
    bill.add(line, billed.times(share), new Decimal(demand.pricePerkWMonth), true);
  } else if (demand) {
    const line = { component: 'demand', name: 'transformer-capacity', period: null, unit: 'kVA.month' } as const;
    bill.add(line, new Decimal(transformerCapacitykVA!).times(share), new Decimal(demand.pricePerkVAMonth), true);
  }
}

function billCharges(bill: Bill, tariff: Tariff, share: Decimal, energy: number): void {
  for (const charge of tariff.charges) {
    const monthly = charge.per === 'month';
    const unit = monthly ? 'month' : tariff.energyUnit;
    const line = { component: 'charges', name: charge.name, period: null, unit } as const;
    bill.add(line, monthly ? share : metered(energy), new Decimal(charge.price), charge.powerFactorAdjusted);
  }
}

/** Bills reactive energy; returns the percent of the power-factor rule, or null where there is none. */
function billReactive(bill: Bill, tariff: Tariff, energies: EnergyTriple, factor: number | null): number | null {
  const { reactive } = tariff;
  if (!reactive) return null;
  if (reactive.rule === 'cn-1983') {
    const percent = factor === null ? 0 : powerFactorAdjustment(factor, reactive.standard);
    const name = 'power-factor-adjustment';
    bill.add(
      { component: 'reactive', name, period: null, unit: tariff.currency },
      bill.base,
      new Decimal(percent).times('0.01'),
      false,
    );
    return percent;
  }
  const free = metered(energies.active).times(reactive.freeShare);
  const excess = Decimal.max(metered(energies.lagging).minus(free), 0);
  const line = { component: 'reactive', name: 'excess-lagging', period: null, unit: 'kvar.h' } as const;
  bill.add(line, excess, new Decimal(reactive.pricePerkvarh), false);
  return null;
}

function billTaxes(bill: Bill, { taxes, currency }: Tariff): void {
  const net = bill.total;
  for (const { name, rate } of taxes)
    bill.add({ component: 'tax', name, period: null, unit: currency }, net, new Decimal(rate), false);
}

/** Lines of one month; `share` is the month's part that lies in the period. */
function billMonth(input: CostInput, bucket: Bucket, share: Decimal, energies: Float64Array, demandkW: number | null) {
  const { tariff } = input;
  const bill = new Bill();
  const triple = energiesOf(input, bucket);
  const factor = input.lagging ? powerFactor(triple).value : null;
  billEnergy(bill, tariff, energies);
  billDemand(bill, input, share, demandkW ?? 0);
  billCharges(bill, tariff, share, triple.active);
  const percent = billReactive(bill, tariff, triple, factor);
  billTaxes(bill, tariff);
  return { bill, factor, percent };
}

/** Highest demand of the blocks that begin in the bucket. */
function demandOf(profile: ReturnType<typeof demandProfile>, bucket: Bucket) {
  const { start, step, count } = profile.grid;
  const first = Math.max(0, Math.ceil((bucket.from - start) / step));
  return peak(profile, first, Math.min(count, Math.ceil((bucket.to - start) / step)));
}

function shareOfMonth(clock: SiteClock, { key, from, to }: Bucket): Decimal {
  const [year, month] = [Number(key.slice(0, 4)), Number(key.slice(5))];
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  const length = clock.instantOf(next) - clock.instantOf(`${key}-01`);
  return new Decimal(to - from).div(length).toDecimalPlaces(shareDigits);
}

/**
 * What the energy of a period costs under a tariff, by month, period of use and component. Lines, months and components
 * add up exactly, to the last digit. Missing readings are not billed; `coverage` tells how much is missing.
 *
 * The site's calendar says which month an interval and the tariff's first and last day belong to, as it does for every
 * other figure of the site; the tariff's own clock says which hours are peak, on which days and in which season.
 * Maximum demand is the highest average of fixed 15 or 30 minute blocks of each month (not a sliding window).
 * Throws ENERGY_TARIFF_NOT_IN_FORCE, ENERGY_TARIFF_INPUT_MISSING, ENERGY_UNIT_UNKNOWN.
 */
export function tariffCost(input: CostInput): Cost {
  const { tariff, active } = input;
  const { grid } = active;
  const { clock } = grid;
  checkInput(input, clock);
  const rates = ratesOf(tariff, grid);
  const demandMinutes = tariff.demand?.basis === 'maximum-demand' ? tariff.demand.intervalMinutes : null;
  const profile = demandMinutes === null ? null : demandProfile(coarsen(active, demandMinutes));
  const months: MonthCost[] = [];
  const byComponent = new Map<CostComponent, Decimal[]>(costComponents.map((component) => [component, []]));
  const amounts = new Float64Array(touPeriods.length);
  const periodCosts = new Map<TouPeriod, Decimal[]>();
  for (const bucket of buckets(grid, 'month')) {
    const energies = Float64Array.from({ length: tariff.seasons.length * touPeriods.length }, (_, rate) =>
      sum(active.amount.subarray(bucket.first, bucket.last).filter((_, index) => rates[bucket.first + index] === rate)),
    );
    energies.forEach((energy, rate) => {
      amounts[rate % touPeriods.length]! += energy;
    });
    const highest = profile && demandOf(profile, bucket);
    const share = shareOfMonth(clock, bucket);
    const { bill, factor, percent } = billMonth(input, bucket, share, energies, highest?.value ?? null);
    bill.lines.forEach((line, index) => {
      byComponent.get(line.component)!.push(bill.costs[index]!);
      if (line.period) periodCosts.set(line.period, [...(periodCosts.get(line.period) ?? []), bill.costs[index]!]);
    });
    months.push({
      month: bucket.key,
      share: share.toFixed(),
      coverage: sum(active.coverage, bucket.first, bucket.last) / (bucket.last - bucket.first),
      maximumDemand: highest && { kW: highest.value, at: clock.iso(highest.at) },
      powerFactor: factor,
      powerFactorPercent: percent,
      lines: bill.lines,
      total: bill.total.toFixed(),
    });
  }
  return {
    tariff: { id: tariff.id, version: tariff.version, name: tariff.name, example: tariff.example },
    currency: tariff.currency,
    from: clock.iso(grid.start),
    to: clock.iso(grid.end),
    months,
    byComponent: Object.fromEntries(
      costComponents.map((component) => [component, total(byComponent.get(component)!).toFixed()]),
    ) as Record<CostComponent, string>,
    byPeriod: touPeriods.flatMap((period, index) => {
      const costs = periodCosts.get(period);
      return costs ? [{ period, amount: amounts[index]!, cost: total(costs).toFixed() }] : [];
    }),
    total: total(months.map((month) => new Decimal(month.total))).toFixed(),
  };
}
