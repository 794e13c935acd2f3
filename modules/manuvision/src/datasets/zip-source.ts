import { stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { dataSetErrors } from './errors.ts';
import { byName, type Source, type SourceFile } from './source.ts';

/** What an archive may unpack to: a picture of 100 megapixels with 16 bits and three colours, and ten thousand of usual ones. */
const limits = { files: 10_000, fileBytes: 700e6, bytes: 50e9, ratio: 100, beside: 20e6 } as const;

/**
 * Opens a ZIP without unpacking it: every file is read when it is asked for, within the size that its entry claims. What would lie
 * outside the archive, is encrypted, or unpacks to more than pictures do ("billion laughs") is refused as a whole.
 *
 * Throws MANUVISION_ZIP_REFUSED.
 *
 * @param called what errors call it
 */
export async function openZip(path: string, called = path): Promise<Source> {
  const refuse = (reason: string, cause?: unknown) =>
    dataSetErrors.MANUVISION_ZIP_REFUSED({ path: called, reason }, cause);
  let zip: ZipFile;
  try {
    // yauzl refuses names with `..`, absolute ones and drive letters itself, and holds every entry to its claimed size.
    zip = await openPromise(path, { autoClose: false, validateEntrySizes: true });
  } catch (error) {
    throw refuse((error as Error).message, error);
  }
  const packed = (await stat(path)).size;
  const files: SourceFile[] = [];
  let bytes = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (name.endsWith('/') || name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX')) continue;
      if (entry.isEncrypted()) throw refuse(`${name} is encrypted`);
      bytes += entry.uncompressedSize;
      if (files.length >= limits.files) throw refuse(`it has more than ${limits.files} files`);
      if (
        entry.uncompressedSize > limits.fileBytes ||
        bytes > limits.bytes ||
        bytes > packed * limits.ratio + limits.beside
      )
        throw refuse(`it unpacks to ${bytes} bytes or more`);
      files.push({ name, bytes: entry.uncompressedSize, read: () => contentOf(zip, entry, refuse) });
    }
  } catch (error) {
    zip.close();
    if ((error as { code?: string }).code === 'MANUVISION_ZIP_REFUSED') throw error;
    throw refuse((error as Error).message, error);
  }
  return { path, files: files.sort(byName), inputs: [{ name: '', path }], close: async () => zip.close() };
}

async function contentOf(
  zip: ZipFile,
  entry: Entry,
  refuse: (reason: string, cause?: unknown) => Error,
): Promise<Uint8Array> {
  try {
    return await buffer(await zip.openReadStreamPromise(entry));
  } catch (error) {
    throw refuse(`${entry.fileName}: ${(error as Error).message}`, error);
  }
}
