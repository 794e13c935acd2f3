import { setTimeout as delay } from 'node:timers/promises';
import type { JobDefinition } from '@millwright/jobs';
import { z } from 'zod';

/** A trial that only takes time. */
export const trivialJob: JobDefinition<{ ms: number }, null> = {
  type: 'bench.trivial',
  schema: z.object({ ms: z.number() }),
  async run({ ms }) {
    if (ms > 0) await delay(ms);
    return null;
  },
};
