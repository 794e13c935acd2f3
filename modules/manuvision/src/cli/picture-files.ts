import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { isPictureName } from '../datasets/picture-names.ts';
import { manuvisionErrors } from '../errors.ts';

export interface NamedFile {
  readonly path: string;
  /** From the folder that was given, with slashes. */
  readonly name: string;
}

/** The picture files of a folder and those below, by name, or the one file. Throws MANUVISION_OPTION_INVALID where there is none. */
export async function pictureFiles(given: string): Promise<NamedFile[]> {
  const root = resolve(given);
  const facts = await stat(root).catch(() => undefined);
  if (facts?.isFile()) return [{ path: root, name: basename(root) }];
  const entries = facts ? await readdir(root, { recursive: true, withFileTypes: true }) : [];
  const files = entries
    .filter((entry) => entry.isFile() && isPictureName(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, name: relative(root, path).split(sep).join('/') }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  if (files.length > 0) return files;
  throw manuvisionErrors.MANUVISION_OPTION_INVALID({
    ...{ option: 'the folder', value: given },
    wanted: facts ? 'one with picture files in it' : 'a file or folder that is there',
  });
}
