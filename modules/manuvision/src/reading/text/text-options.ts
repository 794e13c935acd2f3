import { z } from 'zod';

export const textOptionsSchema = z.strictObject({
  /** As `textFormat` takes it; left out, any text. */
  format: z.string().min(1).max(1000).optional(),
  /** `en`: only what a keyboard without Chinese has. */
  language: z.enum(['zh', 'en']).default('zh'),
  /** Refused below. */
  leastConfidence: z.number().min(0).max(1).default(0.5),
});
export type TextOptions = z.output<typeof textOptionsSchema>;
