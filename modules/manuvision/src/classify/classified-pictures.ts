import { isPictureName, joinMasks } from '../datasets/picture-names.ts';
import { readPictureFile, unreadableNote } from '../datasets/read-picture-file.ts';
import type { Source } from '../datasets/source.ts';
import type { LabelledPicture, Work } from '../kinds/inspection.ts';
import { classesByName } from './classes-by-name.ts';
import { classifyErrors } from './errors.ts';

export interface ClassifiedPictures {
  readonly pictures: readonly LabelledPicture[];
  readonly leftOut: readonly { readonly file: string; readonly reason: string }[];
}

/**
 * The pictures of a folder or ZIP with the classes that their names say; masks beside them are passed over. Each is read once,
 * and what cannot be read is listed.
 *
 * Throws MANUVISION_CLASSES_NO_PICTURES, MANUVISION_CLASSES_TOO_FEW.
 */
export async function classifiedPictures(
  source: Source,
  work: Pick<Work, 'signal' | 'progress'>,
): Promise<ClassifiedPictures> {
  const folder = source.path;
  const files = joinMasks(source.files.filter(({ name }) => isPictureName(name))).pictures;
  const byName = new Map(files.map((file) => [file.name, file]));
  const pictures: LabelledPicture[] = [];
  const leftOut: { file: string; reason: string }[] = [];
  const named = classesByName(files.map(({ name }) => name));
  for (const [at, { name, className }] of named.entries()) {
    work.signal.throwIfAborted();
    work.progress(at / named.length, name);
    const read = () => readPictureFile({ file: byName.get(name)!, page: 0, name });
    try {
      await read();
      pictures.push({ name, group: name, className, read });
    } catch (error) {
      leftOut.push({ file: name, reason: unreadableNote(error).text });
    }
  }
  if (pictures.length === 0) throw classifyErrors.MANUVISION_CLASSES_NO_PICTURES({ folder });
  const classes = [...new Set(pictures.map(({ className }) => className))];
  if (classes.length < 2) throw classifyErrors.MANUVISION_CLASSES_TOO_FEW({ folder, classes });
  return { pictures, leftOut };
}
