import { z } from 'zod';

/** How the face of a dial is laid out. */
export const dialOptionsSchema = z.strictObject({
  /** Where the zero is: degrees clockwise from the top of the picture. */
  zeroAngle: z.number().min(-360).max(360).default(0),
  /** Which way the figures grow. */
  direction: z.enum(['clockwise', 'anticlockwise']).default('clockwise'),
  /** What one turn of the pointer counts. */
  turn: z.number().gt(0).max(1e9).default(10),
  /** Refused below. */
  leastConfidence: z.number().min(0).max(1).default(0.7),
});
export type DialOptions = z.output<typeof dialOptionsSchema>;
