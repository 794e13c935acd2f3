import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { isPictureName } from '../picture-names.ts';
import type { WrittenFile } from './writer.ts';

/** The same for every file, so that the same content gives the same archive. */
const written = new Date(2000, 0, 1);

/** A ZIP of the files, each read when its turn comes. Pictures are packed already and are stored as they are. */
export function zipFiles(files: readonly WrittenFile[]): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  zip.on('error', (error) => out.destroy(error as Error));
  for (const { name, read } of files)
    zip.addReadStreamLazy(name, { mtime: written, compress: !isPictureName(name) }, (give) => {
      Promise.resolve()
        .then(read)
        .then(
          (bytes) => give(null, Readable.from([Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)])),
          (error: unknown) => give(error, undefined as never),
        );
    });
  zip.end();
  return out;
}
