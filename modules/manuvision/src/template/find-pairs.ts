import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { templateErrors } from './errors.ts';

/** A picture of a board with the picture of a good one that belongs to it. */
export interface TemplatePair {
  /** From the folder, with slashes, without ending and `_test`: group00041/00041/00041000. */
  readonly name: string;
  readonly good: string;
  readonly picture: string;
}

/** Evidence names at most 10,000 files: three a pair. */
export const mostPairs = 3_300;

const ending = /_(temp|test)\.(?:jpe?g|png|webp|tiff?|gif|bmp)$/i;

/** All NAME_temp and NAME_test of a folder and the folders below it, by name. Throws MANUVISION_TEMPLATE_NO_PAIRS and _TOO_MANY_PAIRS. */
export async function findPairs(folder: string): Promise<TemplatePair[]> {
  const found = new Map<string, { temp?: string; test?: string }>();
  for (const path of await filesBelow(folder)) {
    const [match, role] = ending.exec(path) ?? [];
    if (!match || !role) continue;
    const name = relative(folder, path).slice(0, -match.length).split(sep).join('/');
    found.set(name, { ...found.get(name), [role.toLowerCase()]: path });
  }
  const pairs = [...found].flatMap(([name, { temp, test }]) =>
    temp && test ? [{ name, good: temp, picture: test }] : [],
  );
  if (pairs.length === 0) throw templateErrors.MANUVISION_TEMPLATE_NO_PAIRS({ folder });
  if (pairs.length > mostPairs)
    throw templateErrors.MANUVISION_TEMPLATE_TOO_MANY_PAIRS({ folder, pairs: pairs.length, most: mostPairs });
  return pairs.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The box file of each pair: NAME.txt anywhere in a folder or below; of several of one name, the one whose path shares the most
 * with the pair's. Throws MANUVISION_TEMPLATE_NO_TRUTH where none belongs to any.
 */
export async function findBoxFiles(folder: string, pairs: readonly TemplatePair[]): Promise<(string | undefined)[]> {
  const files = Map.groupBy(
    (await filesBelow(folder)).filter((path) => path.endsWith('.txt')),
    (path) => path.split(sep).at(-1)!.slice(0, -'.txt'.length),
  );
  const found = pairs.map(({ name }) => {
    const steps = name.split('/');
    const shared = (path: string) =>
      relative(folder, path)
        .split(sep)
        .filter((step) => steps.includes(step)).length;
    return files.get(steps.at(-1)!)?.toSorted((a, b) => shared(b) - shared(a) || (a < b ? -1 : 1))[0];
  });
  if (found.every((path) => path === undefined))
    throw templateErrors.MANUVISION_TEMPLATE_NO_TRUTH({ folder, example: `${pairs[0]!.name.split('/').at(-1)}.txt` });
  return found;
}

/** What box files of pairs are called: the last part of the name, or all of it where two pairs share that. */
export function boxFileNames(names: readonly string[]): string[] {
  const short = names.map((name) => name.split('/').at(-1)!);
  const counts = new Map<string, number>();
  for (const name of short) counts.set(name, (counts.get(name) ?? 0) + 1);
  return short.map((name, at) => `${counts.get(name) === 1 ? name : names[at]!.replaceAll('/', '-')}.txt`);
}

async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    throw templateErrors.MANUVISION_TEMPLATE_NO_PAIRS({ folder });
  }
}
