import type { DrawnRegion } from '../../labelling/region.ts';
import type { Half } from '../layouts/halves.ts';
import type { LeftOut } from '../notes.ts';

/** A picture with what is known of it, to be written into another layout. */
export interface WrittenPicture {
  /** As the data set calls it, for the report. */
  readonly name: string;
  /** What it is written as: with an ending, without folders; no other picture has the same without its ending. */
  readonly fileName: string;
  /** Pixels as shown. */
  readonly width: number;
  readonly height: number;
  /** Null where nobody said. */
  readonly label: 'good' | 'defect' | null;
  /** Of a defect. */
  readonly className: string | null;
  readonly regions: readonly DrawnRegion[];
  /** Part or lot. */
  readonly group: string;
  readonly half: Half | null;
  /** Content of the file. */
  read(): Promise<Uint8Array>;
}

export interface WrittenFile {
  /** Path below the folder or within the ZIP, with slashes. */
  readonly name: string;
  read(): Promise<Uint8Array> | Uint8Array;
}

export interface WrittenSet {
  readonly files: readonly WrittenFile[];
  /** What the layout cannot say of which picture. */
  readonly unsaid: readonly LeftOut[];
}

/** Lays pictures and labels out as a format wants them. Nothing is read before a file is asked for. */
export type Writer = (pictures: readonly WrittenPicture[]) => WrittenSet;

/** Files of text. */
export const textFile = (name: string, text: string): WrittenFile => ({ name, read: () => Buffer.from(text, 'utf8') });

export const pictureFile = (folders: readonly (string | null)[], picture: WrittenPicture): WrittenFile => ({
  name: pathOf(folders, picture.fileName),
  read: () => picture.read(),
});

/** Folders that are null or empty are left out. */
export const pathOf = (folders: readonly (string | null)[], last: string): string =>
  [...folders.filter(Boolean), last].join('/');

/** Names of all classes of defects, in the order of their UTF-16 code units. */
export function classNamesOf(pictures: readonly WrittenPicture[]): string[] {
  const names = new Set<string>();
  for (const { label, className, regions } of pictures) {
    if (label !== 'defect') continue;
    if (regions.length === 0) names.add(className ?? unnamedClass);
    for (const region of regions) names.add(region.class);
  }
  return [...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Of a defect without a class of its own. */
export const unnamedClass = 'defect';
