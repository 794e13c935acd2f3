import type { LeftOut } from '../notes.ts';
import { folderClassOf, foldersOf } from './by-class.ts';
import { unsaidNotes } from './unsaid-notes.ts';
import { pictureFile, type Writer } from './writer.ts';

/** A folder for every class, `good` for good parts; what nobody labelled lies above them. */
export const writeFolders: Writer = (pictures) => {
  const { folders, renamed } = foldersOf(pictures);
  const unsaid: LeftOut[] = [...renamed];
  const files = pictures.map((picture) => {
    const { label, regions, half, name } = picture;
    if (regions.length > 0) unsaid.push({ name, reason: unsaidNotes['regions-left-out']({ count: regions.length }) });
    const folder = label === 'defect' ? folders.get(folderClassOf(picture))! : label;
    return pictureFile([half, folder], picture);
  });
  return { files, unsaid };
};
