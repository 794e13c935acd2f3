import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Work } from '../../kinds/inspection.ts';
import { dataSetErrors } from '../errors.ts';
import type { WrittenFile } from './writer.ts';
import { zipFiles } from './zip-files.ts';

/**
 * Writes the files into a folder, or into a ZIP where the path ends so. It appears under its name when it is whole; what is there already is
 * never written over.
 *
 * Throws MANUVISION_OUT_EXISTS, MANUVISION_OUT_FAILED.
 */
export async function writeSet(
  files: readonly WrittenFile[],
  path: string,
  { signal, progress }: Pick<Work, 'signal' | 'progress'>,
): Promise<void> {
  if (await holdsSomething(path)) throw dataSetErrors.MANUVISION_OUT_EXISTS({ path });
  const draft = `${path}.${randomUUID()}.part`;
  const told = files.map((file, at) => ({
    name: file.name,
    read: () => {
      signal.throwIfAborted();
      progress(at / files.length, file.name);
      return file.read();
    },
  }));
  try {
    await mkdir(dirname(path), { recursive: true });
    if (/\.zip$/i.test(path)) await pipeline(zipFiles(told), createWriteStream(draft), { signal });
    else await writeFolder(told, draft);
    // An empty folder gives way.
    await rmdir(path).catch(() => undefined);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === undefined ? undefined : reasons[code];
    throw reason === undefined ? error : dataSetErrors.MANUVISION_OUT_FAILED({ path, reason }, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ...{ ENOSPC: 'the disk is full', EDQUOT: 'the disk is full', EROFS: 'the disk cannot be written' },
  ...{ EACCES: 'the rights are missing', EPERM: 'the rights are missing', ENOTDIR: 'a file is in its way' },
  EEXIST: 'a file is in its way',
};

async function holdsSomething(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts !== undefined && (!facts.isDirectory() || (await readdir(path)).length > 0);
}

async function writeFolder(files: readonly WrittenFile[], folder: string): Promise<void> {
  await mkdir(folder);
  for (const { name, read } of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), await read());
  }
}
