import { posix } from 'node:path';
import type { Note } from '@millwright/kernel';
import type { LabelledBox } from '../../kinds/inspection.ts';
import type { DrawnRegion } from '../../labelling/region.ts';
import { dataSetNotes, type LeftOut } from '../notes.ts';
import { stemOf, withoutMasks } from '../picture-names.ts';
import type { SourceFile } from '../source.ts';
import { readCoco } from './coco.ts';
import { readVoc } from './voc.ts';
import { readYolo, yoloClassNames } from './yolo.ts';

export interface PictureLabels {
  /** A box around every object. */
  readonly boxes: readonly LabelledBox[];
  /** The objects by the best that is said of them: a polygon or mask where there is one, else the box. */
  readonly regions: readonly DrawnRegion[];
  /** What of the label could not be used. */
  readonly problems?: readonly Note[];
}

/** Labels of a picture whose size may be needed to say them in pixels. */
export interface LabelsOfSize {
  /** Of every object; none: the picture shows a good part. */
  readonly classNames: readonly string[];
  inPixels(width: number, height: number): PictureLabels;
}

export interface FoundLabels {
  /** Names of the files that are labels. */
  readonly files: ReadonlySet<string>;
  of(picture: string): LabelsOfSize | undefined;
}

/** Larger label files are none: COCO's own of 118,000 pictures has 450 MB. */
const mostBytes = 500e6;

/**
 * Finds label files and what they say: COCO (.json with `images` and `annotations`), Pascal VOC (.xml), YOLO (.txt of boxes or
 * polygons, classes in data.yaml, classes.txt or obj.names). A picture is met by its path, or by its name alone where the
 * label lies in a folder of labels. Files in `passed` are known to be something else. What cannot be read is listed.
 */
export async function labelsIn(
  files: readonly SourceFile[],
  leftOut: LeftOut[],
  passed: ReadonlySet<string>,
): Promise<FoundLabels> {
  const labels = new Map<string, LabelsOfSize>();
  const used = new Set<string>(passed);
  // Masks have their picture's name.
  const pictures = new Map(withoutMasks(files).map(({ name }) => [stemOf(name), name]));
  const byLast = new Map([...pictures.values()].map((name) => [posix.basename(stemOf(name)), name]));
  const meet = (stem: string): string | undefined => pictures.get(stem) ?? byLast.get(posix.basename(stem));
  const classNames = await yoloClassNames(files, leftOut);
  for (const name of classNames.files) used.add(name);
  for (const file of files) {
    const ending = posix.extname(file.name).toLowerCase();
    if (used.has(file.name) || !['.json', '.xml', '.txt'].includes(ending) || file.bytes > mostBytes) continue;
    const own = meet(stemOf(file.name));
    if (ending === '.txt' && !own) continue;
    try {
      const text = Buffer.from(await file.read()).toString('utf8');
      if (ending === '.json') {
        const found = readCoco(text);
        if (!found) continue;
        for (const [picture, label] of found) labels.set(meet(stemOf(picture)) ?? picture, label);
      } else if (ending === '.xml') {
        const found = readVoc(text);
        if (!found) continue;
        const picture = own ?? meet(stemOf(found.picture));
        if (picture) labels.set(picture, found.labels);
      } else {
        const found = readYolo(text, classNames.names);
        if (!found) continue;
        labels.set(own!, found);
      }
      used.add(file.name);
    } catch (error) {
      used.add(file.name);
      const [reason] = (error as Error).message.split('\n');
      const name = file.name;
      leftOut.push({ name: own ?? name, reason: dataSetNotes['label-unreadable']({ name, reason: reason! }) });
    }
  }
  return { files: used, of: (picture) => labels.get(picture) };
}
