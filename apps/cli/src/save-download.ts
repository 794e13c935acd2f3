import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isMillwrightError } from '@millwright/kernel';
import { cliErrors } from './errors.ts';

/** Writes the content beside the file and gives it its name once it is whole and on disk. Throws DOWNLOAD_FAILED. */
export async function saveDownload(content: Readable, file: string): Promise<{ bytes: number; sha256: string }> {
  const part = `${file}.part`;
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(content, measure, createWriteStream(part, { mode: 0o600, flush: true }));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    if (isMillwrightError(error)) throw error;
    throw cliErrors.DOWNLOAD_FAILED({ file, reason: (error as Error).message }, error);
  }
  return { bytes, sha256: hash.digest('hex') };
}
