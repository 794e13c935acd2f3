import type { BayerPattern } from '@millwright/imaging';

/** Named here too, so that the command line knows them without loading what reads pictures. */
export const bayerPatterns = ['rggb', 'bggr', 'grbg', 'gbrg'] as const satisfies readonly BayerPattern[];
