import { z } from 'zod';

export const digitOptionsSchema = z.strictObject({
  /** Refused below. */
  leastConfidence: z.number().min(0).max(1).default(0.5),
});
export type DigitOptions = z.output<typeof digitOptionsSchema>;
