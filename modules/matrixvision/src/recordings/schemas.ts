import { z } from 'zod';

const stretch = z.object({ from: z.string(), to: z.string() });

export const recordingHours = z.object({
  /** Of each hour that anything was expected in: seconds recorded and lost add up to those expected. */
  hours: z.array(
    z.object({
      start: z.string(),
      expectedSeconds: z.number(),
      recordedSeconds: z.number(),
      lostSeconds: z.number(),
      /** `reason` is the code of an error, not-running or connecting. */
      lost: z.array(stretch.extend({ reason: z.string() })),
    }),
  ),
  segments: z.array(stretch),
  bytes: z.number(),
  locks: z.array(stretch.extend({ id: z.string() })),
});
export type RecordingHours = z.output<typeof recordingHours>;

export const recordingSpan = z.object({ from: z.coerce.date(), to: z.coerce.date() });
