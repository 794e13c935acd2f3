import { randomUUID } from 'node:crypto';
import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '@millwright/blobs';

/** Path of a blob's content: where it lies, or a copy in the folder that was fetched and checked once. Throws BLOB_MISSING, BLOB_CORRUPT. */
export async function localBlob(blobs: Blobs, hash: string, folder: string): Promise<string> {
  const path = blobs.localPath?.(hash);
  if (path) {
    await blobs.stat(hash);
    return path;
  }
  const copy = join(folder, hash);
  if (await stat(copy).catch(() => undefined)) return copy;
  await mkdir(folder, { recursive: true });
  const draft = `${copy}.${randomUUID()}`;
  await writeFile(draft, await blobs.read(hash));
  await rename(draft, copy);
  return copy;
}
