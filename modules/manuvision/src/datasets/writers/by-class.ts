import { pngBytes } from '@millwright/imaging';
import type { DrawnRegion } from '../../labelling/region.ts';
import { shapeSpans } from '../../labelling/shape-spans.ts';
import type { LeftOut } from '../notes.ts';
import { fillShapes } from '../regions/fill-shapes.ts';
import { classFolders } from './safe-names.ts';
import { unsaidNotes } from './unsaid-notes.ts';
import { unnamedClass, type WrittenFile, type WrittenPicture } from './writer.ts';

/** What the formats share that keep pictures in folders by class. */

export const folderClassOf = ({ className, regions }: WrittenPicture): string =>
  className ?? regions[0]?.class ?? unnamedClass;

/** Folders of all classes of pictures, and which classes are called otherwise there. */
export function foldersOf(pictures: readonly WrittenPicture[]): {
  readonly folders: ReadonlyMap<string, string>;
  readonly renamed: readonly LeftOut[];
} {
  const names = new Set(pictures.filter(({ label }) => label === 'defect').map(folderClassOf));
  const folders = classFolders([...names].sort((a, b) => (a < b ? -1 : 1)));
  const renamed = [...folders]
    .filter(([className, to]) => className !== to)
    .map(([className, to]) => ({ name: to, reason: unsaidNotes['class-renamed']({ className, to }) }));
  return { folders, renamed };
}

/** The mask of a defect, white on black; undefined where nobody drew it. What a mask cannot say is added to the list. */
export function maskFile(name: string, picture: WrittenPicture, unsaid: LeftOut[]): WrittenFile | undefined {
  const { regions, width, height } = picture;
  const className = folderClassOf(picture);
  const say = (reason: LeftOut['reason']) => unsaid.push({ name: picture.name, reason });
  const others = [...new Set(regions.map((region) => region.class))].filter((one) => one !== className);
  if (others.length > 0) say(unsaidNotes['classes-joined']({ kept: className, others }));
  const small = regions.filter(({ shape }) => shapeSpans(shape, { width, height }).next().done).length;
  if (small > 0) say(unsaidNotes['too-small']({ count: small }));
  if (regions.length === small) return undefined;
  const boxes = regions.filter(({ shape }) => shape.kind === 'box').length;
  if (boxes > 0) say(unsaidNotes['boxes-filled']({ count: boxes }));
  if (regions.length > 1) say(unsaidNotes['regions-joined']({ count: regions.length }));
  return { name, read: () => maskPng(regions, width, height) };
}

function maskPng(regions: readonly DrawnRegion[], width: number, height: number): Promise<Uint8Array> {
  const { data } = fillShapes(
    regions.map(({ shape }) => shape),
    width,
    height,
  );
  return pngBytes({ width, height, channels: 1, depth: 8, data: Uint8Array.from(data, (value) => value * 255) });
}
