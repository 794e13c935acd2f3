import { dialOptionsSchema } from '../dial/dial-options.ts';
import { openDialReader } from '../dial/open-dial-reader.ts';
import { networkFile } from '../network-file.ts';
import { limitsSchema, readingKind, readRegionSchema, withinLimits } from './reading-kind.ts';

const settings = dialOptionsSchema.extend({ region: readRegionSchema, limits: limitsSchema.default({}) });

/** Reads an analogue dial and holds its value against limits. */
export const dialKind = readingKind({
  ...{ name: 'dial', methodVersion: '1', settings },
  networks: async () => ({ network: await networkFile('dials'), attachments: {} }),
  open: ({ network }, given) => openDialReader(network, given),
  fits: (reading, { limits }) => withinLimits(reading, limits),
});
