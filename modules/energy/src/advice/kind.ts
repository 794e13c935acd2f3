import type { Note } from '@millwright/kernel';
import type { z } from 'zod';
import type { Tariff } from '../tariff/tariff.ts';

export const adviceKindIds = [
  'base-load',
  'compressed-air',
  'load-shifting',
  'power-factor',
  'transformer-loading',
  'chiller-sequencing',
] as const;
export type AdviceKindId = (typeof adviceKindIds)[number];

/** What an advice is computed from, hour by hour on the site's clock; NaN where nothing was read. */
export interface AdviceData {
  /** Milliseconds since 1970. */
  readonly start: Float64Array;
  /** Hour of the week, 0 Monday midnight to 167, and `YYYY-MM` of each. */
  readonly hourOfWeek: Int16Array;
  readonly month: readonly string[];
  /** kWh; of compressors, chillers or a transformer that is their own meter. */
  readonly energy: Float64Array;
  /** Pieces or tonnes made. */
  readonly production?: Float64Array;
  readonly lagging?: Float64Array;
  readonly leading?: Float64Array;
  /** kWh of cold that the chillers delivered. */
  readonly cooling?: Float64Array;
  /** Price of each hour, in the currency a kWh. */
  readonly price: Float64Array;
  readonly tariff: Tariff | null;
}

/** A figure with the range it lies in at 90 %. */
export interface Ranged {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What an advice saves a year. */
export interface AdviceFound {
  readonly energy: Ranged;
  readonly cost: Ranged;
  /** What it rests on, by name, with unit. */
  readonly figures: readonly { readonly name: string; readonly value: number; readonly unit: string }[];
  /** Typical course now and as advised, kW by hour of the week or another axis, for the picture. */
  readonly picture: {
    readonly axis: 'hour-of-week' | 'month' | 'hour-of-day' | 'load';
    readonly now: readonly (number | null)[];
    readonly advised: readonly (number | null)[];
    readonly labels?: readonly string[];
  };
  readonly notes: readonly Note[];
}

/** A kind of saving advice: computed from readings, never written. */
export interface AdviceKind<Settings = unknown> {
  readonly id: AdviceKindId;
  /** Standard, guide or paper of the method. */
  readonly source: string;
  readonly settings: z.ZodType<Settings>;
  /** Beside the energy. */
  readonly needs: readonly ('production' | 'lagging' | 'cooling' | 'tariff')[];
  /** Fewest hours with energy. */
  readonly least: number;
  /** Null where there is nothing to save. Deterministic. */
  evaluate(data: AdviceData, settings: Settings): Promise<AdviceFound | null>;
}

export const hoursPerYear = 8760;
/** 90 % of a normal distribution. */
export const ninety = 1.6448536;
