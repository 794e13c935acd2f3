import { z } from 'zod';
import { driftQuantities, partsPerFalseAlarm } from './drift-watch.ts';

const quantity = z.enum(driftQuantities);

export const driftEventSchema = z.object({
  id: z.string(),
  stationId: z.string(),
  version: z.number(),
  quantity,
  since: z.string().describe('when the first part was judged that it shows in'),
  foundAt: z.string(),
  endedAt: z.string().nullable(),
  findingId: z.string(),
});
export type DriftEvent = z.output<typeof driftEventSchema>;

export const driftAnswer = z.object({
  version: z.number(),
  known: z.boolean().describe('false: the version does not say what its training set looked like; train it again'),
  parts: z.number().describe('of this version that were looked at, 200 at most; 25 are needed'),
  partsPerFalseAlarm: z
    .number()
    .describe(`at most one false alarm is expected in so many parts: ${partsPerFalseAlarm}`),
  quantities: z.array(
    z.object({
      quantity,
      state: z.enum(['changed', 'near', 'as trained']),
      distance: z.number().describe('of the distributions, 0 to 1 (Kolmogorov and Smirnov)'),
      limit: z.number(),
      window: z.number().describe('parts in the window that says most'),
      since: z.string().nullable(),
      now: z.number().describe('median of the window'),
      training: z.object({ low: z.number(), median: z.number(), high: z.number() }).describe('5 %, 50 % and 95 %'),
      course: z.array(z.object({ at: z.string(), value: z.number() })).describe('of the last parts, oldest first'),
    }),
  ),
  events: z.array(driftEventSchema).describe('newest first'),
});
export type DriftAnswer = z.output<typeof driftAnswer>;
