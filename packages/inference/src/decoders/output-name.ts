import { z } from 'zod';

/** Name of an output in a card. */
export const outputName = z.string().min(1).max(200);
