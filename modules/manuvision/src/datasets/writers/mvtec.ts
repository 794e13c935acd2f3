import { createHash } from 'node:crypto';
import type { Half } from '../layouts/halves.ts';
import type { LeftOut } from '../notes.ts';
import { stemOf } from '../picture-names.ts';
import { folderClassOf, foldersOf, maskFile } from './by-class.ts';
import { unsaidNotes } from './unsaid-notes.ts';
import { pathOf, pictureFile, type Writer, type WrittenPicture } from './writer.ts';

/**
 * The layout of MVTec AD (Bergmann et al., 2019): good parts in `train/good` and `test/good`, defects in `test` by class, their masks in
 * `ground_truth`. Where the data set has no halves, one good part in five is for testing, drawn by its group's name.
 */
export const writeMvtec: Writer = (pictures) => {
  const { folders, renamed } = foldersOf(pictures);
  const unsaid: LeftOut[] = [...renamed];
  const files = pictures.flatMap((picture) => {
    const { label, half, name } = picture;
    if (label === null) {
      unsaid.push({ name, reason: unsaidNotes['no-label']() });
      return [];
    }
    if (label === 'good') return [pictureFile([half ?? drawnHalf(picture), 'good'], picture)];
    if (half === 'train') unsaid.push({ name, reason: unsaidNotes['half-changed']() });
    const folder = folders.get(folderClassOf(picture))!;
    const place = pathOf(['ground_truth', folder], `${stemOf(picture.fileName)}_mask.png`);
    const mask = maskFile(place, picture, unsaid);
    return [pictureFile(['test', folder], picture), ...(mask ? [mask] : [])];
  });
  return { files, unsaid };
};

const drawnHalf = ({ group }: WrittenPicture): Half =>
  createHash('sha256').update(group).digest().readUInt32BE() < 2 ** 32 / 5 ? 'test' : 'train';
