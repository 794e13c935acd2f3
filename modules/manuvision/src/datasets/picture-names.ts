import { posix } from 'node:path';
import type { SourceFile } from './source.ts';

const pictureEndings = new Set(['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.gif', '.bmp', '.avif']);

export const isPictureName = (name: string): boolean => pictureEndings.has(posix.extname(name).toLowerCase());

/** Path without ending: `MT_Break/Imgs/exp1_num_5`. */
export const stemOf = (name: string): string => name.slice(0, name.length - posix.extname(name).length);

/** Folders that hold pictures or masks of the class above them, or a part of a split, and are no class themselves. */
const plainFolders =
  /^(imgs?|images?|pictures?|photos?|jpegimages|masks?|labels?|ground_truth|gt|annotations|segmentation(?:class|object)|train|val|valid|test|training|validation)$/i;
const goodFolders = /^(good|ok|normal|free|pass|gut|良品|合格|正常|.*_free)$/i;

/** What the folders above a picture say of its class; null where they say nothing. */
export function classOfPath(name: string): { className: string; good: boolean } | null {
  const folders = posix.dirname(name).split('/');
  const className = folders.findLast((folder) => folder !== '.' && !plainFolders.test(folder));
  return className === undefined ? null : { className, good: goodFolders.test(className) };
}

/** Whether pictures in a folder of this name are taken for defects of that class. */
export const folderSaysClass = (folder: string): boolean => !plainFolders.test(folder) && !goodFolders.test(folder);

const maskFolders = /^(masks?|ground_truth|gt|labels?|annotations|segmentation(?:class|object))$/i;
const pictureFolders = /^(imgs?|images?|pictures?|photos?|jpegimages|test|train)$/i;
const maskTail = /[_-](mask|gt|label|seg)$/i;

/** Whether a name, without its ending, is taken for a mask's. */
export const isMaskName = (stem: string): boolean => maskTail.test(stem);

/** Whether a file of pictures is the mask of another one by its own name or folder. */
const isMaskPath = (name: string): boolean =>
  maskTail.test(stemOf(name)) ||
  posix
    .dirname(name)
    .split('/')
    .some((folder) => maskFolders.test(folder));

/** A name by which picture and mask meet: folders that only say which of the two it is are left out. */
const meetingName = (name: string): string =>
  stemOf(name)
    .replace(maskTail, '')
    .split('/')
    .filter((part, at, parts) => at === parts.length - 1 || !(maskFolders.test(part) || pictureFolders.test(part)))
    .join('/');

export interface PicturesAndMasks {
  readonly pictures: readonly SourceFile[];
  /** Mask of a picture, by the picture's name. */
  readonly masks: ReadonlyMap<string, SourceFile>;
  readonly alone: readonly SourceFile[];
}

/**
 * Tells masks from pictures and joins them: a mask has the picture's name with another ending (x.jpg and x.png), or with `_mask`,
 * or lies in a folder such as `masks` or MVTec AD's `ground_truth`. Masks of a folder of their own are met by path, else by
 * name where only one picture has it.
 */
export function joinMasks(files: readonly SourceFile[], ofTheirOwn: readonly SourceFile[] = []): PicturesAndMasks {
  const { pictures, masks } = toldApart(files);
  // A folder of masks alone was given as pictures: they are what there is.
  if (pictures.length === 0 && masks.length > 0) return { pictures: masks, masks: new Map(), alone: [] };
  const found = new Map<string, SourceFile>();
  const alone = match(pictures, masks, found);
  if (ofTheirOwn.length > 0) match(pictures, masksAmong(ofTheirOwn), found);
  return { pictures, masks: found, alone };
}

function toldApart<T extends { readonly name: string }>(files: readonly T[]): { pictures: T[]; masks: T[] } {
  const all = files.filter(({ name }) => isPictureName(name));
  const photographed = new Set(all.filter(({ name }) => /\.jpe?g$/i.test(name)).map(({ name }) => stemOf(name)));
  const isMask = ({ name }: T): boolean => isMaskPath(name) || (/\.png$/i.test(name) && photographed.has(stemOf(name)));
  return { pictures: all.filter((file) => !isMask(file)), masks: all.filter(isMask) };
}

/** The pictures without the masks that lie among them; where there is nothing but masks, those. */
export function withoutMasks<T extends { readonly name: string }>(files: readonly T[]): readonly T[] {
  const { pictures } = toldApart(files);
  return pictures.length > 0 ? pictures : files;
}

/** Of a folder that was named as one of masks: where it holds pictures too, only what is told apart as a mask. */
function masksAmong(files: readonly SourceFile[]): readonly SourceFile[] {
  const { pictures, masks } = joinMasks(files);
  return masks.size > 0 ? [...masks.values()] : pictures;
}

/** Adds each mask under the name of its picture; gives back those that found none. */
function match(
  pictures: readonly SourceFile[],
  masks: readonly SourceFile[],
  found: Map<string, SourceFile>,
): SourceFile[] {
  const byPath = new Map(pictures.map(({ name }) => [meetingName(name), name]));
  const byLast = new Map<string, string | null>();
  for (const { name } of pictures) {
    const last = posix.basename(stemOf(name));
    byLast.set(last, byLast.has(last) ? null : name);
  }
  return masks.filter((mask) => {
    const picture =
      byPath.get(meetingName(mask.name)) ?? byLast.get(posix.basename(stemOf(mask.name)).replace(maskTail, ''));
    if (picture && !found.has(picture)) found.set(picture, mask);
    // Photographs beside masks in a folder of masks are no masks, and nobody's loss.
    return !picture;
  });
}
