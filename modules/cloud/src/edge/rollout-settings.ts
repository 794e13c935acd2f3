import { z } from 'zod';

/** How carefully a rollout goes. */
export const rolloutSettingsSchema = z.object({
  /** How long a box must report that it is well before the next stage begins, seconds. */
  soakSeconds: z
    .number()
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(300),
  /** How long a box in contact may take until it reports the new state, seconds; after that it has failed. */
  patienceSeconds: z
    .number()
    .int()
    .min(10)
    .max(7 * 86_400)
    .default(900),
  /** How many boxes may fail before everything is rolled back. */
  mostFailed: z.number().int().min(0).max(1000).default(0),
});
export type RolloutSettings = Readonly<z.output<typeof rolloutSettingsSchema>>;
