import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/** A row of people before a hotel and eight small pictures above it (1280 by 1158); comes with the package of the weights. */
export const samplePicture = join(
  dirname(findPackageJSON('@vladmandic/human', import.meta.url)!),
  'assets',
  'samples.jpg',
);
