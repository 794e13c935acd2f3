import type { Blobs } from './blobs.ts';
import { openFolderBlobs } from './folder-blobs.ts';

export type OpenBlobsOptions =
  | { readonly folder: string }
  | {
      /** `s3://bucket/prefix?endpoint=http://…&region=…&forcePathStyle=true`; credentials as AWS tools take them. */
      readonly url: string;
      /** Where streams wait until their hash is known; the machine's temporary folder unless said otherwise. */
      readonly spoolFolder?: string;
    };

/** Opens the store: a folder, or an S3-compatible object store. */
export async function openBlobs(options: OpenBlobsOptions): Promise<Blobs> {
  if ('folder' in options) return openFolderBlobs(options.folder);
  const { openS3Blobs } = await import('./s3-blobs.ts');
  return openS3Blobs(options.url, options.spoolFolder);
}
