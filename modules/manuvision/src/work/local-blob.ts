import { randomUUID } from 'node:crypto';
import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '@millwright/blobs';

/** Path of a blob's content for tools that want a file: where it lies, or a copy in the folder. */
export async function localBlob(blobs: Blobs, hash: string, folder: string): Promise<string> {
  await blobs.stat(hash);
  const path = blobs.localPath?.(hash);
  if (path) return path;
  const copy = join(folder, hash);
  if (await stat(copy).catch(() => undefined)) return copy;
  await mkdir(folder, { recursive: true });
  const draft = `${copy}.${randomUUID()}`;
  await writeFile(draft, await blobs.read(hash));
  await rename(draft, copy);
  return copy;
}
