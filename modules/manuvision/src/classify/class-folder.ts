import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { classifyErrors } from './errors.ts';

/** A picture file and the class that its place says. */
export interface ClassifiedFile {
  readonly file: string;
  readonly className: string;
}

const pictureEndings = new Set(['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.gif', '.bmp']);

export const isPictureFile = (name: string): boolean => pictureEndings.has(extname(name).toLowerCase());

/**
 * Finds the classes of the pictures in a folder: where two or more sub-folders hold pictures, at any depth, each is a class by
 * its name; where only one does and nothing lies beside it, such as IMAGES, that one is looked into; else the class is the file
 * name up to its last number, such as `scratches` of `scratches_12.jpg` or `scratches (12).jpg`. In the order of the names.
 *
 * Throws MANUVISION_CLASSES_NO_PICTURES, MANUVISION_CLASSES_TOO_FEW.
 */
export async function classifiedFiles(folder: string): Promise<ClassifiedFile[]> {
  const files = await classesIn(folder);
  if (files.length === 0) throw classifyErrors.MANUVISION_CLASSES_NO_PICTURES({ folder });
  const classes = [...new Set(files.map(({ className }) => className))];
  if (classes.length < 2) throw classifyErrors.MANUVISION_CLASSES_TOO_FEW({ folder, classes });
  return files;
}

async function classesIn(folder: string): Promise<ClassifiedFile[]> {
  const { pictures, folders } = await listed(folder);
  const filled: { name: string; files: string[] }[] = [];
  for (const name of folders) {
    const files = await picturesBelow(join(folder, name));
    if (files.length > 0) filled.push({ name, files });
  }
  if (pictures.length === 0 && filled.length === 1) return classesIn(join(folder, filled[0]!.name));
  if (filled.length > 1) return filled.flatMap(({ name, files }) => files.map((file) => ({ file, className: name })));
  return pictures.map((name) => ({ file: join(folder, name), className: classOfName(name) }));
}

/** `scratches` of `scratches_12.jpg`; the whole name where it holds no number. */
export function classOfName(name: string): string {
  const stem = basename(name, extname(name));
  const [, before] = /^(.*?)[\s_\-.]*\(?\d+\)?$/.exec(stem) ?? [];
  return before || stem;
}

/** Pictures in a folder and all below it, by path. */
export async function picturesBelow(folder: string): Promise<string[]> {
  const { pictures, folders } = await listed(folder);
  const below: string[] = [];
  for (const name of folders) below.push(...(await picturesBelow(join(folder, name))));
  return [...pictures.map((name) => join(folder, name)), ...below];
}

async function listed(folder: string): Promise<{ pictures: string[]; folders: string[] }> {
  try {
    // What begins with a point is hidden, such as the thumbnails of file managers.
    const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
    const names = (wanted: typeof entries) => wanted.map(({ name }) => name).sort();
    return {
      pictures: names(entries.filter((entry) => entry.isFile() && isPictureFile(entry.name))),
      folders: names(entries.filter((entry) => entry.isDirectory())),
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw classifyErrors.MANUVISION_CLASSES_NO_PICTURES({ folder }, error);
    throw error;
  }
}
