import { thumbnail } from '@millwright/imaging';
import { hashOfPixels } from '../datasets/hash-of-pixels.ts';
import { alikeGroups, type Compared, comparedSide, joinAlike } from '../datasets/near-duplicates.ts';
import type { LeftOut } from '../datasets/notes.ts';
import { unreadableNote } from '../datasets/read-picture-file.ts';
import type { PartPicture, Work } from '../kinds/inspection.ts';

export interface LookedThrough<T> {
  /** What can be read, pictures that show the same in one group. */
  readonly sound: readonly T[];
  readonly leftOut: readonly LeftOut[];
  /** Names of pictures that show the same; each list is one group. */
  readonly alike: readonly (readonly string[])[];
}

/** Reads every picture once: finds what cannot be read, and what shows the same and must stay on one side of a split. */
export async function lookThrough<T extends PartPicture>(
  pictures: readonly T[],
  work: Pick<Work, 'signal' | 'progress'>,
): Promise<LookedThrough<T>> {
  const sound: T[] = [];
  const compared: Compared[] = [];
  const leftOut: LeftOut[] = [];
  for (const [at, picture] of pictures.entries()) {
    work.signal.throwIfAborted();
    work.progress(at / pictures.length, picture.name);
    try {
      const read = await picture.read();
      compared.push({ name: picture.name, pixels: hashOfPixels(read), cells: thumbnail(read, comparedSide) });
      sound.push(picture);
    } catch (error) {
      leftOut.push({ name: picture.name, reason: unreadableNote(error) });
    }
  }
  const alike = alikeGroups(compared);
  return { sound: joinAlike(sound, alike), leftOut, alike };
}
