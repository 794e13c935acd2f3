/** Files by the hash of their content, in a folder or an S3-compatible store. */
import type { Blobs } from './blobs.ts';

export type { BlobContent, BlobEntry, BlobRange, BlobStat, Blobs } from './blobs.ts';
export { blobErrors } from './errors.ts';
export { type OpenBlobsOptions, openBlobs } from './open-blobs.ts';

declare module '@millwright/kernel' {
  interface Host {
    readonly blobs: Blobs;
  }
}
