import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { attributeErrors } from '../errors.ts';
import type { BodyPart } from '../parts/body-part.ts';
import { patchOf, type Shown } from '../pictures/patch-file.ts';
import { readPixels } from '../pictures/read-pixels.ts';
import type { Example } from '../teaching/teach.ts';

const endings = new Set(['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.gif']);

/** Pictures anywhere under FOLDER/with and FOLDER/without, by name. Throws ATTRIBUTE_FOLDER_EMPTY where there are none. */
export async function exampleFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const side of ['with', 'without']) {
    const entries = await readdir(join(folder, side), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries)
      if (entry.isFile() && endings.has(extname(entry.name).toLowerCase()))
        files.push(join(entry.parentPath, entry.name));
  }
  if (files.length === 0) throw attributeErrors.ATTRIBUTE_FOLDER_EMPTY({ folder });
  return files.sort();
}

/** Which side of FOLDER a file lies on, and its group: the folder below `with` or `without`, else the file by itself. */
export function placeOf(file: string, folder: string): { present: boolean; group: string } {
  const [side = '', ...below] = relative(folder, file).split(sep);
  const present = side === 'with';
  return { present, group: below.length > 1 ? dirname(below.join('/')) : `${side}/${basename(file)}` };
}

export interface ReadExamples {
  readonly examples: Example[];
  /** Files in which the part cannot be judged. */
  readonly unseen: string[];
}

/** Reads pictures as examples, `places` naming each. Throws ATTRIBUTE_PICTURE_UNREADABLE. */
export async function readExamples(
  files: readonly string[],
  places: readonly { readonly id: string; readonly present: boolean; readonly group: string }[],
  part: BodyPart,
  shown: Shown,
): Promise<ReadExamples> {
  const read: ReadExamples = { examples: [], unseen: [] };
  for (const [at, file] of files.entries()) {
    const pixels = await readPixels(await readFile(file), file);
    const patch = patchOf(pixels, part, shown);
    if (patch) read.examples.push({ ...places[at]!, patch });
    else read.unseen.push(places[at]!.id);
  }
  return read;
}
