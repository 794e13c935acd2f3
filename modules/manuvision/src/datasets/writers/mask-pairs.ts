import type { LeftOut } from '../notes.ts';
import { stemOf } from '../picture-names.ts';
import { folderClassOf, foldersOf, maskFile } from './by-class.ts';
import { pathOf, pictureFile, type Writer } from './writer.ts';

/** A folder for every class with `images` and `masks`: a mask is a PNG of the picture's name, white where the defect is. */
export const writeMaskPairs: Writer = (pictures) => {
  const { folders, renamed } = foldersOf(pictures);
  const unsaid: LeftOut[] = [...renamed];
  const files = pictures.flatMap((picture) => {
    const { label, half } = picture;
    const above = [half, label === 'defect' ? folders.get(folderClassOf(picture))! : label];
    const own = pictureFile([...above, 'images'], picture);
    if (label !== 'defect') return [own];
    const mask = maskFile(pathOf([...above, 'masks'], `${stemOf(picture.fileName)}.png`), picture, unsaid);
    return mask ? [own, mask] : [own];
  });
  return { files, unsaid };
};
