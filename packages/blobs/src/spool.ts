import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { hashingStream } from './blob-hash.ts';
import type { BlobContent, BlobEntry } from './blobs.ts';
import { blobErrors } from './errors.ts';

/** What a killed process left behind is removed at the next start once it is this old: nobody still writes to it. */
const abandonedAfterMs = 24 * 3600 * 1000;

export interface Spooled extends BlobEntry {
  readonly path: string;
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** The coded error for what a file system said about the place that is written to; other errors as they are. */
export function translateFileError(error: unknown, place: string): unknown {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return blobErrors.BLOB_DISK_FULL({ place }, error);
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'EIO')
    return blobErrors.BLOB_STORE_FAILED({ place, reason: code }, error);
  return error;
}

async function openSource(content: BlobContent): Promise<Readable> {
  if (content instanceof Readable) return content;
  if (typeof content !== 'string') return Readable.from([content]);
  try {
    const handle = await open(content);
    if ((await handle.stat()).isFile()) return handle.createReadStream();
    await handle.close();
  } catch (error) {
    throw blobErrors.BLOB_SOURCE_MISSING({ path: content, reason: codeOf(error) ?? String(error) }, error);
  }
  throw blobErrors.BLOB_SOURCE_MISSING({ path: content, reason: 'not a file' });
}

/**
 * Writes content to a new file in `folder`, hashing on the way, and returns once it is on disk. If anything fails the
 * file is gone again. Throws BLOB_DISK_FULL, BLOB_SOURCE_MISSING; the source's own error as it is.
 */
export async function spool(content: BlobContent, folder: string): Promise<Spooled> {
  const source = await openSource(content);
  const path = join(folder, randomUUID());
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(path, 'wx');
    try {
      const { stream, entry } = hashingStream();
      const sink = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          // FileHandle.write may write less than asked; writeFile goes on until all is written.
          file.writeFile(chunk).then(() => done(), done);
        },
      });
      await pipeline(source, stream, sink);
      await file.sync();
      return { ...entry(), path };
    } finally {
      await file.close();
    }
  } catch (error) {
    source.destroy();
    await rm(path, { force: true });
    throw translateFileError(error, folder);
  }
}

export async function removeAbandoned(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const facts = await stat(path).catch(() => undefined);
    if (facts?.isFile() && Date.now() - facts.mtimeMs > abandonedAfterMs) await rm(path, { force: true });
  }
}
