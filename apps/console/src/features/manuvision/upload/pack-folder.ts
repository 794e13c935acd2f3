import { downloadZip } from 'client-zip';
import { placeOf } from './picture-name.ts';

export interface Packed {
  /** As the server shall call it: a folder of this name around everything says nothing about the pictures. */
  readonly name: string;
  readonly content: Blob;
}

export const isZip = ({ name, type }: Pick<File, 'name' | 'type'>): boolean =>
  /\.zip$/i.test(name) || type === 'application/zip';

/** A ZIP as it is; a folder, or files, as a ZIP. @param onProgress is told how many files are packed */
export async function packFolder(
  files: readonly File[],
  { signal, onProgress }: { readonly signal: AbortSignal; onProgress(packed: number): void },
): Promise<Packed> {
  const [first] = files;
  if (files.length === 1 && first && isZip(first)) return { name: first.name, content: first };
  function* inTurn() {
    for (const [at, file] of files.entries()) {
      signal.throwIfAborted();
      onProgress(at);
      yield { name: placeOf(file), input: file, lastModified: file.lastModified };
    }
  }
  // The browser keeps large blobs on disk.
  const content = await downloadZip(inTurn()).blob();
  signal.throwIfAborted();
  return { name: `${(first && placeOf(first).split('/')[0]) || 'pictures'}.zip`, content };
}
