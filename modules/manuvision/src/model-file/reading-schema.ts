import { z } from 'zod';
import { bayerPatterns } from './bayer-patterns.ts';

/** How pictures are read, where their files do not say it. */
export const readingSchema = z.object({ bayer: z.enum(bayerPatterns) });
