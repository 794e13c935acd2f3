import { posix } from 'node:path';

/** A picture file and the class that its name says. */
export interface ClassifiedName {
  /** Path below the data set, with slashes. */
  readonly name: string;
  readonly className: string;
}

/**
 * The classes of picture files by their names: where two or more folders beside each other hold pictures, at any depth, each is a
 * class by its name; where only one does and nothing lies beside it, such as IMAGES, that one is looked into; else the class is
 * the file name up to its last number, such as `scratches` of `scratches_12.jpg` or `scratches (12).jpg`.
 */
export function classesByName(names: readonly string[]): ClassifiedName[] {
  return classesIn(names.map((name) => ({ name, rest: name.split('/') })));
}

interface Placed {
  readonly name: string;
  /** Folders from here, and the file. */
  readonly rest: readonly string[];
}

function classesIn(files: readonly Placed[]): ClassifiedName[] {
  const below = files.filter(({ rest }) => rest.length > 1);
  const folders = new Set(below.map(({ rest }) => rest[0]!));
  if (folders.size === 1 && below.length === files.length)
    return classesIn(files.map(({ name, rest }) => ({ name, rest: rest.slice(1) })));
  if (folders.size > 1) return below.map(({ name, rest }) => ({ name, className: rest[0]! }));
  return files.filter(({ rest }) => rest.length === 1).map(({ name }) => ({ name, className: classOfName(name) }));
}

/** `scratches` of `scratches_12.jpg`; the whole name without ending where no number stands at its end. */
export function classOfName(name: string): string {
  const stem = posix.basename(name, posix.extname(name));
  const [, before] = /^(.*?)[\s_\-.]*\(?\d+\)?$/.exec(stem) ?? [];
  return before || stem;
}
