import { posix } from 'node:path';
import { isPictureName, stemOf, withoutMasks } from '../picture-names.ts';
import type { SourceFile } from '../source.ts';

export type Half = 'train' | 'test';

export interface Halves {
  /** Null for what belongs to neither, and for all where there are no two halves. */
  of(name: string): Half | null;
  /** Files that only say which picture belongs where. */
  readonly lists: ReadonlySet<string>;
}

type Part = Half | 'val';
const partNames: Readonly<Record<string, Part>> = {
  ...{ train: 'train', training: 'train', test: 'test', testing: 'test' },
  ...{ val: 'val', valid: 'val', validation: 'val' },
};
const mostListBytes = 20e6;

/**
 * Finds the halves of a split: folders `train` and `test` (MVTec AD, YOLO), or lists of pictures called so (Pascal VOC's ImageSets,
 * darknet's train.txt). Pictures for validation belong to training where there are others for testing, else they are those.
 */
export async function halvesOf(files: readonly SourceFile[]): Promise<Halves> {
  const { parts: listed, lists } = await listedParts(files);
  const partOf = (name: string): Part | undefined =>
    listed.get(name) ??
    name
      .split('/')
      .slice(0, -1)
      .flatMap((folder) => partNames[folder.toLowerCase()] ?? [])[0];
  const parts = new Set(files.filter(({ name }) => isPictureName(name)).map(({ name }) => partOf(name)));
  const val: Half = parts.has('test') ? 'train' : 'test';
  const isSplit = parts.has('train') && (parts.has('test') || parts.has('val'));
  return {
    of: (name) => {
      const part = isSplit ? partOf(name) : undefined;
      return part === 'val' ? val : (part ?? null);
    },
    lists,
  };
}

async function listedParts(files: readonly SourceFile[]): Promise<{ parts: Map<string, Part>; lists: Set<string> }> {
  const parts = new Map<string, Part>();
  const lists = new Set<string>();
  const byLast = new Map(
    // Masks have their picture's name.
    withoutMasks(files).map(({ name }) => [posix.basename(stemOf(name)), name]),
  );
  for (const file of files) {
    if (posix.extname(file.name).toLowerCase() !== '.txt' || file.bytes > mostListBytes) continue;
    const part = partNames[posix.basename(stemOf(file.name)).toLowerCase()];
    if (!part && !/(^|\/)imagesets\//i.test(file.name)) continue;
    const lines = Buffer.from(await file.read())
      .toString('utf8')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '');
    const met = lines.flatMap(
      (line) => byLast.get(lastOf(line.trim())) ?? byLast.get(lastOf(line.split(/\s/)[0]!)) ?? [],
    );
    if (met.length === 0 && lines.length > 0) continue;
    lists.add(file.name);
    if (part) for (const name of met) parts.set(name, part);
  }
  return { parts, lists };
}

/** Name of a picture as lists write it: a path, a path without ending, or a name alone. */
const lastOf = (path: string): string => {
  const last = posix.basename(path.replaceAll('\\', '/'));
  return isPictureName(last) ? stemOf(last) : last;
};
