import { posix } from 'node:path';
import { type Picture, type Region, readPicture } from '@millwright/imaging';
import type { Note } from '@millwright/kernel';
import type { DrawnRegion } from '../../labelling/region.ts';
import { dataSetNotes } from '../notes.ts';
import { isPictureName, stemOf, withoutMasks } from '../picture-names.ts';
import { boundsOf, type MaskShape, maskOfPlane } from '../regions/shape.ts';
import type { SourceFile } from '../source.ts';
import { type SegmentNames, segmentNames } from './segment-names.ts';
import { vocColour, vocNumber, vocVoid } from './voc-colours.ts';

/** Masks of one picture, as Pascal VOC has them: each object, and each class, in a colour of its own. */
export interface Segments {
  readonly objects?: SourceFile;
  readonly classes?: SourceFile;
  readonly names: SegmentNames['names'];
}

export interface FoundSegments {
  /** Files that are these masks, or say their names. */
  readonly files: ReadonlySet<string>;
  of(picture: string): Segments | undefined;
}

/** Finds the masks in folders `SegmentationObject` and `SegmentationClass`, each under the name of its picture. */
export async function vocSegmentsIn(files: readonly SourceFile[]): Promise<FoundSegments> {
  const masks = files.filter(({ name }) => isPictureName(name) && folderOf(name) !== undefined);
  if (masks.length === 0) return { files: new Set(), of: () => undefined };
  const { names, files: named } = await segmentNames(files);
  const byPlace = new Map(withoutMasks(files).map(({ name }) => [placeOf(name), name]));
  const used = new Set(named);
  const found = new Map<string, Segments>();
  for (const file of masks) {
    const picture = byPlace.get(placeOf(file.name));
    // Told as a mask without a picture.
    if (picture === undefined) continue;
    used.add(file.name);
    found.set(picture, { names, ...found.get(picture), [folderOf(file.name)!]: file });
  }
  return { files: used, of: (picture) => found.get(picture) };
}

const folders: Readonly<Record<string, 'objects' | 'classes'>> = {
  ...{ segmentationobject: 'objects', segmentationclass: 'classes' },
};
const folderOf = (name: string) => folders[posix.basename(posix.dirname(name)).toLowerCase()];
/** Without the folder that says which of them it is. */
const placeOf = (name: string) => posix.join(posix.dirname(posix.dirname(name)), posix.basename(stemOf(name)));

export interface SegmentRegions {
  /** Masks, and boxes of objects that no mask shows. `class` is null where nobody says it. */
  readonly regions: readonly (Omit<DrawnRegion, 'class'> & { readonly class: string | null })[];
  readonly problems: readonly Note[];
}

/**
 * What the masks mark, as regions. A mask of an object is of the class of the object whose box of the label file it fills, else of the
 * class that the mask of classes has there. Of classes alone each is one region, called as the label file calls what lies in it.
 */
export async function regionsOfSegments(
  { objects, classes, names }: Segments,
  labelled: readonly DrawnRegion[],
  size: { readonly width: number; readonly height: number },
): Promise<SegmentRegions> {
  const problems: Note[] = [];
  const [ofObjects, ofClasses] = [await coloursOf(objects, size, problems), await coloursOf(classes, size, problems)];
  const called = classNamesBy(ofClasses, names, labelled, size.width);
  const left = new Set(labelled);
  const regions: SegmentRegions['regions'][number][] = [];
  for (const [colour, shape] of masksIn(ofObjects ?? ofClasses, size)) {
    const own = ofObjects ? matchOf(shape, labelled[(vocNumber(colour) ?? 0) - 1], left) : undefined;
    if (own) left.delete(own);
    const inside = ofObjects && ofClasses ? mostIn(ofClasses, shape, size.width) : ofObjects ? undefined : colour;
    const name = own?.class ?? (inside === undefined ? null : (called(inside) ?? null));
    regions.push({ class: name, shape });
    if (!ofObjects)
      for (const one of labelled) if (one.class === name && share(shape, boundsOf(one.shape)) > 0) left.delete(one);
  }
  return { regions: [...regions, ...left], problems };
}

/** Colour of each pixel as one number, red first; 0 is background, and what nobody decided on counts as such. */
async function coloursOf(
  file: SourceFile | undefined,
  { width, height }: { readonly width: number; readonly height: number },
  problems: Note[],
): Promise<Int32Array | undefined> {
  if (!file) return undefined;
  const { name } = file;
  let picture: Picture;
  try {
    picture = await readPicture(await file.read(), { name });
  } catch (error) {
    const { details, message } = error as Error & { details?: { reason?: string } };
    problems.push(dataSetNotes['mask-unreadable']({ name, reason: details?.reason ?? message }));
    return undefined;
  }
  if (picture.width !== width || picture.height !== height) {
    const sizes = { maskWidth: picture.width, maskHeight: picture.height, width, height };
    problems.push(dataSetNotes['mask-size']({ name, ...sizes }));
    return undefined;
  }
  const { channels, data } = picture;
  const colours = new Int32Array(width * height);
  for (let at = 0; at < colours.length; at++)
    colours[at] =
      channels === 1 ? vocColour(data[at]!) : (data[3 * at]! << 16) | (data[3 * at + 1]! << 8) | data[3 * at + 2]!;
  // Of a mask of one kind in black and white, white is no border.
  if (colours.some((colour) => colour !== 0 && colour !== vocVoid))
    for (const [at, colour] of colours.entries()) if (colour === vocVoid) colours[at] = 0;
  return colours;
}

/** The mask of each colour. */
function* masksIn(
  colours: Int32Array | undefined,
  { width }: { readonly width: number },
): Generator<[colour: number, shape: MaskShape]> {
  const bounds = new Map<number, [left: number, top: number, right: number, bottom: number]>();
  for (const [at, colour] of (colours ?? new Int32Array()).entries()) {
    if (colour === 0) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    const [left, top, right, bottom] = bounds.get(colour) ?? [x, y, x, y];
    bounds.set(colour, [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)]);
  }
  for (const [colour, [left, top, right, bottom]] of [...bounds].sort(([a], [b]) => a - b)) {
    const own = { width: right - left + 1, height: bottom - top + 1 };
    const data = Uint8Array.from({ length: own.width * own.height }, (_, at) => {
      const [x, y] = [left + (at % own.width), top + Math.floor(at / own.width)];
      return colours![y * width + x] === colour ? 1 : 0;
    });
    const shape = maskOfPlane({ ...own, data })!;
    yield [colour, { ...shape, x: left, y: top }];
  }
}

/** From this share on, of what both cover together, a mask fills a box. */
const filled = 0.5;

/** The object of the mask's number where it fills that one's box, as the format has it, else the one whose box it fills best. */
function matchOf(
  shape: MaskShape,
  numbered: DrawnRegion | undefined,
  labelled: ReadonlySet<DrawnRegion>,
): DrawnRegion | undefined {
  if (numbered && labelled.has(numbered) && share(shape, boundsOf(numbered.shape)) >= filled) return numbered;
  let best: { readonly of: DrawnRegion; readonly share: number } | undefined;
  for (const of of labelled) {
    const own = share(shape, boundsOf(of.shape));
    if (own >= filled && own > (best?.share ?? 0)) best = { of, share: own };
  }
  return best?.of;
}

/** Of two boxes, what both share of what they cover together. */
function share(a: Region, b: Region): number {
  const along = (start: number, length: number, other: number, otherLength: number) =>
    Math.max(Math.min(start + length, other + otherLength) - Math.max(start, other), 0);
  const both = along(a.x, a.width, b.x, b.width) * along(a.y, a.height, b.y, b.height);
  return both / (a.width * a.height + b.width * b.height - both);
}

/** The colour that most pixels in a box have, but for the background. */
function mostIn(colours: Int32Array, { x, y, width: across, height }: Region, width: number): number | undefined {
  const counts = new Map<number, number>();
  for (let row = Math.max(Math.floor(y), 0); row < y + height && row * width < colours.length; row++)
    for (let column = Math.max(Math.floor(x), 0); column < Math.min(x + across, width); column++) {
      const colour = colours[row * width + column]!;
      if (colour !== 0) counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** What a colour of the mask of classes is called. */
function classNamesBy(
  colours: Int32Array | undefined,
  names: Segments['names'],
  labelled: readonly DrawnRegion[],
  width: number,
): (colour: number) => string | undefined {
  const said = new Map<number, string>();
  for (const { class: name, shape } of colours ? labelled : []) {
    const most = mostIn(colours!, boundsOf(shape), width);
    if (most !== undefined && !said.has(most)) said.set(most, name);
  }
  const several = new Set(colours?.filter((colour) => colour !== 0)).size > 1;
  return (colour) => names.get(colour) ?? said.get(colour) ?? (several ? numberOf(colour) : undefined);
}

const numberOf = (colour: number): string => String(vocNumber(colour) ?? `#${colour.toString(16).padStart(6, '0')}`);
