import { posix } from 'node:path';
import type { Reading } from '../../model-file/model-file.ts';
import { exportReport } from '../export-report.ts';
import type { LeftOut } from '../notes.ts';
import { isPictureName, stemOf } from '../picture-names.ts';
import { type DataSetFormat, writers } from './formats.ts';
import { pictureNames } from './safe-names.ts';
import { unsaidNotes } from './unsaid-notes.ts';
import { classNamesOf, textFile, type WrittenFile, type WrittenPicture } from './writer.ts';

/** A picture before it has a name to be written under. */
export interface PictureToWrite extends Omit<WrittenPicture, 'fileName'> {
  /** Of what is read, with its dot. */
  readonly ending: string;
  /** Why it is written anew, where it is. */
  readonly rewritten?: 'page' | 'upright' | undefined;
  /** How it is read, which no format says. */
  readonly reading?: Reading | undefined;
}

export interface ExportReport {
  readonly format: DataSetFormat;
  readonly pictures: number;
  readonly good: number;
  /** Defects by class. */
  readonly classes: Readonly<Record<string, number>>;
  readonly regions: number;
  /** What the format cannot say, or says in another way, by picture. */
  readonly unsaid: readonly LeftOut[];
}

export interface LaidOut {
  readonly files: readonly WrittenFile[];
  readonly report: ExportReport;
}

/** Lays a data set out in a format; nothing is read yet. The report lies beside the pictures too. */
export function layOut(format: DataSetFormat, pictures: readonly PictureToWrite[]): LaidOut {
  const names = pictureNames(
    pictures.map(({ name }) => name),
    pictures.map(({ ending }) => ending),
  );
  const unsaid: LeftOut[] = [];
  const named = pictures.map((picture, at): WrittenPicture => {
    const { name, rewritten, label, regions } = picture;
    const fileName = names[at]!;
    if (rewritten) unsaid.push({ name, reason: unsaidNotes[`rewritten-${rewritten}`]() });
    if (fileName !== posix.basename(name) && !rewritten)
      unsaid.push({ name, reason: unsaidNotes.renamed({ to: fileName }) });
    if (label === 'defect' || regions.length === 0) return { ...picture, fileName };
    unsaid.push({ name, reason: unsaidNotes['good-regions-left-out']({ count: regions.length }) });
    return { ...picture, fileName, regions: [] };
  });
  const groups = Map.groupBy(pictures, ({ group }) => group);
  const joined = [...groups.values()].filter(({ length }) => length > 1).reduce((sum, { length }) => sum + length, 0);
  if (joined > 0) unsaid.push({ name: '', reason: unsaidNotes['groups-left-out']({ count: joined }) });
  for (const [bayer, { length: count }] of Map.groupBy(
    pictures.flatMap(({ reading }) => reading?.bayer ?? []),
    (pattern) => pattern,
  ))
    unsaid.push({ name: '', reason: unsaidNotes['mosaics-kept']({ count, bayer }) });
  const written = writers[format](named);
  const report: ExportReport = {
    ...{ format, pictures: named.length, good: named.filter(({ label }) => label === 'good').length },
    classes: countClasses(named),
    regions: named.reduce((sum, { regions }) => sum + regions.length, 0),
    unsaid: [...unsaid, ...written.unsaid],
  };
  return { files: [...written.files, textFile(exportReport, `${JSON.stringify(report, null, 1)}\n`)], report };
}

function countClasses(pictures: readonly WrittenPicture[]): Record<string, number> {
  const counts = new Map(classNamesOf(pictures).map((name) => [name, 0]));
  for (const { label, className, regions } of pictures) {
    if (label !== 'defect') continue;
    for (const name of new Set([className ?? regions[0]?.class ?? 'defect', ...regions.map((one) => one.class)]))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

/** Ending of a file by its name; of one that says none, by what it is. */
export const endingOf = (name: string, byContent: string): string =>
  isPictureName(name) ? name.slice(stemOf(name).length) : byContent;
