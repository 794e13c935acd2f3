import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { dataSetErrors } from './errors.ts';
import { byName, type Source, type SourceInput } from './source.ts';
import { openZip } from './zip-source.ts';

/** As many as evidence can name. */
const mostFiles = 10_000;

/**
 * Opens a folder with everything below it, a ZIP, or a single picture file. Hidden files and what other programs leave in folders
 * are passed over; links to files and folders are followed, each folder once.
 *
 * Throws MANUVISION_DATA_MISSING, MANUVISION_DATA_TOO_MANY, MANUVISION_ZIP_REFUSED.
 */
export async function openSource(path: string): Promise<Source> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw dataSetErrors.MANUVISION_DATA_MISSING({ path, reason: error.code ?? error.message }, error);
  });
  if (!facts.isFile()) return folderOf(path, await walk(path));
  return (await isZip(path)) ? openZip(path) : folderOf(path, [{ name: basename(path), path }]);
}

/** The same source again from the inputs that evidence names, wherever these lie now. */
export async function reopenSource(path: string, inputs: readonly SourceInput[]): Promise<Source> {
  const [first] = inputs;
  return first?.name === '' ? openZip(first.path) : folderOf(path, inputs);
}

async function folderOf(path: string, inputs: readonly SourceInput[]): Promise<Source> {
  if (inputs.length > mostFiles)
    throw dataSetErrors.MANUVISION_DATA_TOO_MANY({ path, count: inputs.length, most: mostFiles });
  const ordered = [...inputs].sort(byName);
  const files = ordered.map(async ({ name, path: file }) => ({
    ...{ name, bytes: (await stat(file)).size },
    read: (): Promise<Uint8Array> => readFile(file),
  }));
  return { path, files: await Promise.all(files), inputs: ordered, close: async () => undefined };
}

const leftByOthers = new Set(['Thumbs.db', 'desktop.ini', '__MACOSX']);
export const isPassedOver = (name: string): boolean => name.startsWith('.') || leftByOthers.has(name);

async function walk(root: string): Promise<SourceInput[]> {
  const found: SourceInput[] = [];
  const seen = new Set<string>();
  const visit = async (folder: string, prefix: string): Promise<void> => {
    const { dev, ino } = await stat(folder);
    if (seen.has(`${dev}:${ino}`)) return;
    seen.add(`${dev}:${ino}`);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (isPassedOver(entry.name)) continue;
      const [path, name] = [join(folder, entry.name), `${prefix}${entry.name}`];
      const facts = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry;
      if (facts?.isDirectory()) await visit(path, `${name}/`);
      else if (facts?.isFile()) found.push({ name, path });
    }
  };
  await visit(root, '');
  return found;
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    // A local file header, or the end of an empty archive.
    return bytesRead === 4 && (buffer.readUInt32LE() === 0x04034b50 || buffer.readUInt32LE() === 0x06054b50);
  } finally {
    await file.close();
  }
}
