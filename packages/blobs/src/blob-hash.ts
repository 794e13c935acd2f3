import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { BlobEntry, BlobRange } from './blobs.ts';
import { blobErrors } from './errors.ts';

/** Keeps a name from outside (a URL, a file) from becoming a path. Throws BLOB_HASH_INVALID. */
export function requireHash(hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw blobErrors.BLOB_HASH_INVALID({ hash });
  return hash;
}

/** `ab/cd/abcd…`: two levels of 256 keep folders small with millions of files. */
export function hashPath(hash: string): string {
  return `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A stream that lets everything through and knows hash and size at the end. */
export function hashingStream(): { stream: Transform; entry: () => BlobEntry } {
  const hash = createHash('sha256');
  let size = 0;
  const stream = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, entry: () => ({ hash: hash.digest('hex'), size }) };
}

export async function hashStream(source: AsyncIterable<Uint8Array>): Promise<BlobEntry> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { hash: hash.digest('hex'), size };
}

/** Throws BLOB_CORRUPT unless the content has the hash it is stored under. */
export function requireSame(hash: string, found: BlobEntry): BlobEntry {
  if (found.hash !== hash) throw blobErrors.BLOB_CORRUPT({ hash, actual: found.hash, size: found.size });
  return found;
}

/** The range with both ends filled in, or undefined for the whole content. Throws BLOB_RANGE_INVALID. */
export function resolveRange(hash: string, size: number, range: BlobRange | undefined) {
  if (range?.start === undefined && range?.end === undefined) return undefined;
  const start = range.start ?? 0;
  const end = Math.min(range.end ?? size - 1, size - 1);
  const sound = Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end;
  if (!sound) throw blobErrors.BLOB_RANGE_INVALID({ hash, start, end: range.end ?? size - 1, size });
  return { start, end };
}
