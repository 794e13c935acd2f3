import { problemsOf } from '@millwright/kernel';
import { z } from 'zod';
import { energyErrors } from '../errors.ts';
import { tariffNotes } from '../notes.ts';
import { powerFactorStandards } from './power-factor-adjustment.ts';
import { scheduleProblems } from './schedule.ts';

/** Time-of-use periods: 尖峰, 高峰, 平段, 低谷, 深谷. A tariff without times of use has `flat` all day. */
export const touPeriods = ['sharp', 'peak', 'flat', 'valley', 'deep-valley'] as const;
export type TouPeriod = (typeof touPeriods)[number];

export const dayTypes = ['weekday', 'weekend', 'holiday'] as const;
export type DayType = (typeof dayTypes)[number];

// Text, not numbers: a price like 0.1 has no exact binary form, and money here is decimal from the file to the bill.
const price = z.string().regex(/^-?\d+(\.\d+)?$/, tariffNotes['price-format']().text);
const date = z.iso.date();
const clockTime = z.string().regex(/^(([01]\d|2[0-3]):(00|15|30|45)|24:00)$/, tariffNotes['clock-format']().text);

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false; // that it throws is how Intl says no
  }
}

const hoursSchema = z.strictObject({
  from: clockTime.describe('Local time at which the period begins'),
  to: clockTime.describe('Local time at which it ends; before `from` it ends on the next day'),
  period: z.enum(touPeriods),
});

const seasonSchema = z.strictObject({
  name: z.string().min(1),
  months: z.array(z.int().min(1).max(12)).min(1),
  prices: z.partialRecord(z.enum(touPeriods), price).describe('Price per energy unit of each period the hours name'),
  days: z.array(z.strictObject({ types: z.array(z.enum(dayTypes)).min(1), hours: z.array(hoursSchema).min(1) })).min(1),
});

const demandSchema = z.discriminatedUnion('basis', [
  z.strictObject({
    basis: z.literal('maximum-demand'),
    intervalMinutes: z.union([z.literal(15), z.literal(30)]),
    pricePerkWMonth: price,
    minimumkW: price
      .optional()
      .describe('Billed at least; e.g. 40 % of the installed capacity in many Chinese contracts'),
  }),
  z.strictObject({ basis: z.literal('transformer-capacity'), pricePerkVAMonth: price }),
]);

const chargeSchema = z.discriminatedUnion('per', [
  z.strictObject({
    name: z.string().min(1),
    per: z.literal('month'),
    price,
    powerFactorAdjusted: z.boolean().default(false),
  }),
  z.strictObject({
    name: z.string().min(1),
    per: z.literal('energy'),
    price,
    powerFactorAdjusted: z.boolean().default(false),
  }),
]);

const reactiveSchema = z.discriminatedUnion('rule', [
  z.strictObject({
    rule: z.literal('cn-1983').describe('Surcharge or reduction in percent by monthly average power factor'),
    standard: z.enum(powerFactorStandards),
  }),
  z.strictObject({
    rule: z.literal('excess-lagging').describe('Lagging reactive energy above a share of active energy is billed'),
    freeShare: price.describe('kvar.h per kW.h that are free; 0.5 is about a power factor of 0.9'),
    pricePerkvarh: price,
  }),
]);

/** A tariff file, format `millwright-tariff/1`; modules/energy/README.md describes it field by field. */
export const tariffSchema = z.strictObject({
  format: z.literal('millwright-tariff/1'),
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, tariffNotes['id-format']().text),
  version: z.string().min(1).describe('Changes whenever anything in the file does'),
  name: z.string().min(1),
  example: z.boolean().default(false).describe('True for made-up prices'),
  source: z.string().min(1).describe('Where the prices come from: publisher, document, date'),
  currency: z.string().regex(/^[A-Z]{3}$/, tariffNotes['currency-format']().text),
  energyUnit: z.string().default('kW.h').describe('UCUM unit that energy prices are per'),
  timezone: z.string().refine(isTimezone, tariffNotes['zone-format']().text),
  validFrom: date,
  validTo: date.nullable().describe('First day on which it no longer holds; null while open'),
  holidays: z.array(date).default([]),
  workingWeekends: z.array(date).default([]).describe('Saturdays and Sundays that count as weekdays (调休)'),
  seasons: z.array(seasonSchema).min(1),
  demand: demandSchema.optional(),
  charges: z.array(chargeSchema).default([]),
  reactive: reactiveSchema.optional(),
  taxes: z
    .array(z.strictObject({ name: z.string().min(1), rate: price.describe('0.19 is 19 % on everything above') }))
    .default([]),
});

export type Tariff = z.output<typeof tariffSchema>;
export type TariffInput = z.input<typeof tariffSchema>;
export type Season = Tariff['seasons'][number];

/** Checks a parsed tariff file. Throws ENERGY_TARIFF_INVALID with all problems, missing and overlapping hours included. */
export function parseTariff(content: unknown): Tariff {
  const parsed = tariffSchema.safeParse(content);
  if (!parsed.success) throw energyErrors.ENERGY_TARIFF_INVALID({ problems: problemsOf(parsed.error) });
  const problems = scheduleProblems(parsed.data);
  if (problems.length > 0) throw energyErrors.ENERGY_TARIFF_INVALID({ problems });
  return parsed.data;
}
