import { z } from 'zod';

/** How the face of a dial is laid out. */
export const dialOptionsSchema = z.strictObject({
  /** Where the zero is: degrees clockwise from the top of the picture. */
  zeroAngle: z.number().min(-360).max(360).default(0),
  /** Which way the figures grow. */
  direction: z.enum(['clockwise', 'anticlockwise']).default('clockwise'),
  /** What one turn of the pointer counts. */
  turn: z.number().gt(0).max(1e9).default(10),
  /**
   * A scale that is only a part of a turn, as of most gauges: where it begins and ends, degrees clockwise from the top, and the
   * figures there. In place of `zeroAngle` and `turn`. A pointer that stands off it is refused, but for a fiftieth of a turn.
   */
  scale: z
    .strictObject({
      fromAngle: z.number().min(-360).max(360),
      toAngle: z.number().min(-360).max(360),
      from: z.number().min(-1e9).max(1e9),
      to: z.number().min(-1e9).max(1e9),
    })
    .refine(({ from, to }) => from !== to, { message: 'its ends have the same figure' })
    .optional(),
  /** Refused below. */
  leastConfidence: z.number().min(0).max(1).default(0.7),
});
export type DialOptions = z.output<typeof dialOptionsSchema>;
