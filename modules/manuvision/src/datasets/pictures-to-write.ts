import { pictureForm, pngBytes } from '@millwright/imaging';
import type { DrawnRegion } from '../labelling/region.ts';
import type { SoundPicture } from './data-set.ts';
import type { LeftOut } from './notes.ts';
import { type ReadDataSet, soundPictures } from './read-data-set.ts';
import { readMaskFile, readPictureFile } from './read-picture-file.ts';
import { maskOfPlane } from './regions/shape.ts';
import type { Source } from './source.ts';
import { endingOf, type PictureToWrite } from './writers/lay-out.ts';
import { unnamedClass } from './writers/writer.ts';

/**
 * Pictures of files with all that their layout says of them, ready to be written in another one or to be taken into the server. What a
 * camera noted to be turned is written upright, since not every program looks at such a note, unless it shall stay as it is.
 */
export async function* picturesToWrite(
  source: Source,
  options: Omit<ReadDataSet, 'role'>,
  leftOut: LeftOut[],
  work: Parameters<typeof soundPictures>[3],
  { asTheyAre = false }: { readonly asTheyAre?: boolean } = {},
): AsyncGenerator<PictureToWrite> {
  for await (const { picture } of soundPictures(source, { ...options, role: 'all' }, leftOut, work))
    yield toWrite(picture, asTheyAre);
}

async function toWrite(picture: SoundPicture, asTheyAre: boolean): Promise<PictureToWrite> {
  const { name, file, page, good, className, group, half, width, height } = picture;
  const { ending, turned, pages } = await pictureForm(await file.read(), name);
  const rewritten = pages > 1 ? 'page' : turned && !asTheyAre ? 'upright' : undefined;
  // A sensor's mosaic stays one.
  const read = rewritten ? async () => pngBytes(await readPictureFile({ name, file, page })) : () => file.read();
  return {
    ...{ name, width, height, group, half, read, rewritten },
    ...{ label: good === null ? (className === null ? null : 'defect') : good ? 'good' : 'defect' },
    className: good === true ? null : className,
    regions: good === true ? [] : await regionsOf(picture),
    ending: rewritten ? '.png' : endingOf(file.name, ending),
  };
}

/** Those of label files, and what the mask of its own marks. */
async function regionsOf({ mask, regions, className }: SoundPicture): Promise<DrawnRegion[]> {
  const shape = mask && maskOfPlane(await readMaskFile(mask));
  return [...regions, ...(shape ? [{ class: className ?? unnamedClass, shape }] : [])];
}
