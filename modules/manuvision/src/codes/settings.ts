import { z } from 'zod';

/** How codes are read; every member has a default. */
export const codesSettingsSchema = z.strictObject({
  /** Names of ZXing-C++ (QRCode, DataMatrix, Code128, EAN13, AllMatrix, …); empty: all in the first look, the checked ones after. */
  formats: z.array(z.string().min(1).max(40)).max(60).default([]),
  /** The values that there can be; empty: any. A code that is one of them all but certainly is read as it. */
  known: z.array(z.string().min(1).max(4000)).max(100_000).default([]),
  /** Regular expression that the whole value must match; null: any. */
  pattern: z.string().max(1000).nullable().default(null),
  /** How much is tried for a picture, in thousandths of a second of a usual core, counted and not measured. */
  budgetMs: z.number().int().min(0).max(600_000).default(1500),
});
export type CodesSettings = z.output<typeof codesSettingsSchema>;
