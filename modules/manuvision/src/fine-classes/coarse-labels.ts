import { posix } from 'node:path';
import { classifyErrors } from '../classify/errors.ts';
import type { LabelledPicture } from '../kinds/inspection.ts';

/** A picture with its coarse label; `className` of a labelled picture stays what its name says. */
export interface CoarsePicture extends LabelledPicture {
  readonly coarse: string;
}

export interface CoarseLabels {
  readonly pictures: readonly CoarsePicture[];
  /** Whether the names say finer classes than the labels, by which what is learnt can be measured. */
  readonly finerKnown: boolean;
  /** Names that the table says nothing of. */
  readonly unlabelled: readonly string[];
}

/**
 * Coarse labels by a table of two columns: a picture's path, file name, or the class that its name says; and the coarse class. Without a table the
 * classes by name are the coarse ones. Lines are split at the first comma, semicolon or tab; a heading `file,class` is passed over.
 *
 * Throws MANUVISION_COARSE_EMPTY where no picture is labelled.
 */
export function coarseLabels(pictures: readonly LabelledPicture[], table: string | null, file: string): CoarseLabels {
  if (table === null)
    return { pictures: pictures.map((one) => ({ ...one, coarse: one.className })), finerKnown: false, unlabelled: [] };
  const said = new Map<string, string>();
  for (const line of table.split(/\r?\n/)) {
    const [, key, value] = /^\s*"?([^,;\t"]+?)"?\s*[,;\t]\s*"?(.+?)"?\s*$/.exec(line) ?? [];
    if (key && value && !(key.toLowerCase() === 'file' || key.toLowerCase() === 'name')) said.set(key, value);
  }
  const labelled: CoarsePicture[] = [];
  const unlabelled: string[] = [];
  let byClass = 0;
  for (const picture of pictures) {
    const own = said.get(picture.name) ?? said.get(posix.basename(picture.name));
    const coarse = own ?? said.get(picture.className);
    if (coarse === undefined) unlabelled.push(picture.name);
    else {
      if (own === undefined) byClass++;
      labelled.push({ ...picture, coarse });
    }
  }
  if (labelled.length === 0) throw classifyErrors.MANUVISION_COARSE_EMPTY({ file });
  return { pictures: labelled, finerKnown: byClass === labelled.length, unlabelled };
}
