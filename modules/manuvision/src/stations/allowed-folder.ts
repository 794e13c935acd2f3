import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { manuvisionServiceErrors } from '../service-errors.ts';

/**
 * The folder without links on its way, if it is or lies below one that stations may watch. Throws
 * MANUVISION_FOLDER_FORBIDDEN, MANUVISION_FOLDER_UNREADABLE.
 */
export async function allowedFolder(folder: string, allowed: readonly string[]): Promise<string> {
  const roots = await Promise.all(allowed.map((root) => realpath(root).catch(() => resolve(root))));
  // What is refused by its name is not even looked for: nobody learns so what there is on the machine.
  const isBelow = (place: string) => roots.some((root) => isWithin(root, place));
  if (!isBelow(resolve(folder)) && !allowed.some((root) => isWithin(resolve(root), resolve(folder))))
    throw manuvisionServiceErrors.MANUVISION_FOLDER_FORBIDDEN({ folder });
  const real = await realpath(folder).catch((error: unknown) => {
    throw manuvisionServiceErrors.MANUVISION_FOLDER_UNREADABLE({ folder, reason: reasonOf(error) }, error);
  });
  if (!isBelow(real)) throw manuvisionServiceErrors.MANUVISION_FOLDER_FORBIDDEN({ folder });
  return real;
}

function isWithin(root: string, place: string): boolean {
  const way = relative(root, place);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
}

export const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'there is none' : code === 'EACCES' ? 'it may not be read' : message;
};
