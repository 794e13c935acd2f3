import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
import { readingErrors } from './errors.ts';

export interface PictureFile {
  readonly path: string;
  /** From the folder that was given, with slashes; of one file its last name. */
  readonly name: string;
}

const endings = new Set(['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.gif', '.bmp', '.avif']);
/** As many as one evidence file holds. */
const most = 10_000;

/**
 * The picture itself, or all pictures of a folder and the folders in it, in the order of their names; hidden ones are left out.
 *
 * Throws MANUVISION_PICTURES_MISSING, MANUVISION_PICTURES_TOO_MANY.
 */
export async function pictureFiles(path: string): Promise<PictureFile[]> {
  const root = resolve(path);
  const facts = await stat(root).catch((error: unknown) => {
    throw readingErrors.MANUVISION_PICTURES_MISSING({ path }, error);
  });
  if (!facts.isDirectory()) return [{ path: root, name: basename(root) }];
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const found = entries
    .filter((entry) => entry.isFile() && endings.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: file, name: relative(root, file).split(sep).join('/') }))
    .filter(({ name }) => !name.split('/').some((part) => part.startsWith('.')))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  if (found.length === 0) throw readingErrors.MANUVISION_PICTURES_MISSING({ path });
  if (found.length > most) throw readingErrors.MANUVISION_PICTURES_TOO_MANY({ path, count: found.length, most });
  return found;
}
