import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codesErrors } from '../codes/errors.ts';

const endings = /\.(?:jpe?g|png|webp|tiff?|gif|bmp)$/i;

/** A picture file, or every picture file of a folder and of those in it, in the order of their names. Throws MANUVISION_CODE_PICTURES_MISSING. */
export async function picturePaths(place: string): Promise<string[]> {
  const facts = await stat(place).catch(() => undefined);
  if (facts?.isFile()) return [place];
  const paths = facts ? await under(place) : [];
  if (paths.length === 0) throw codesErrors.MANUVISION_CODE_PICTURES_MISSING({ place });
  return paths;
}

async function under(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const paths: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) paths.push(...(await under(path)));
    else if (entry.isFile() && endings.test(entry.name)) paths.push(path);
  }
  return paths;
}
