import { digitOptionsSchema } from '../digit/digit-options.ts';
import { openDigitReader } from '../digit/open-digit-reader.ts';
import { networkFile } from '../network-file.ts';
import { limitsSchema, readingKind, readRegionSchema, withinLimits } from './reading-kind.ts';

const settings = digitOptionsSchema.extend({ region: readRegionSchema, limits: limitsSchema.default({}) });

/** Reads a digit of a counter and holds it against limits. A drum between two digits is refused. */
export const digitsKind = readingKind({
  ...{ name: 'digits', methodVersion: '1', settings },
  networks: async () => ({ network: await networkFile('digits'), attachments: {} }),
  open: ({ network }, given) => openDigitReader(network, given),
  fits: (reading, { limits }) => withinLimits(reading, limits),
});
