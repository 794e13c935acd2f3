import { z } from 'zod';

export const digitOptionsSchema = z.strictObject({
  /** Digits that the picture shows side by side, each as wide as the others. */
  count: z.number().int().min(1).max(20).default(1),
  /** Refused below. */
  leastConfidence: z.number().min(0).max(1).default(0.5),
});
export type DigitOptions = z.output<typeof digitOptionsSchema>;
