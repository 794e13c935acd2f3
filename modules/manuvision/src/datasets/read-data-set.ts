import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { type Picture, thumbnail } from '@millwright/imaging';
import { canonicalJson } from '@millwright/ledger';
import type { Work } from '../kinds/inspection.ts';
import type { DrawnRegion } from '../labelling/region.ts';
import type { Reading } from '../model-file/model-file.ts';
import type { DataPicture, DataSet, SoundPicture } from './data-set.ts';
import { exportReport } from './export-report.ts';
import { hashOfPixels } from './hash-of-pixels.ts';
import { type Half, halvesOf } from './layouts/halves.ts';
import { type LabelsOfSize, labelsIn } from './layouts/labels-in.ts';
import { regionsOfSegments, type Segments, vocSegmentsIn } from './layouts/voc-segments.ts';
import { alikeGroups, type Compared, comparedSide, joinAlike } from './near-duplicates.ts';
import { dataSetNotes, type LeftOut } from './notes.ts';
import { classOfPath, isPictureName, joinMasks } from './picture-names.ts';
import { pagesOf, readMaskFile, readPictureFile, unreadableNote } from './read-picture-file.ts';
import { regionWithin, wholePixels } from './regions/shape.ts';
import { byName, type Source } from './source.ts';
import { unnamedClass } from './writers/writer.ts';

export interface ReadDataSet {
  /**
   * `good`: all are good parts, whatever their folders are called; `defects`: a folder is a class; `all`: both, told apart by folders and
   * labels, and those of which nothing is said.
   */
  readonly role: 'good' | 'defects' | 'all';
  /** Which half of a data set that is split (MVTec AD). */
  readonly half: Half | 'both';
  /** Masks that lie in a folder of their own. */
  readonly masks?: Source;
  /** Part or lot of a picture: what the first group of this pattern finds in its name. */
  readonly group?: RegExp;
  readonly reading?: Reading;
}

type Reporting = Pick<Work, 'signal' | 'progress'>;

/**
 * Reads a folder, ZIP or picture as a data set: finds pictures, masks and labels by the layout (class folders, MVTec AD, COCO, YOLO,
 * Pascal VOC, mask pairs), reads every picture once, and lists what is left out with its reason.
 */
export async function readDataSet(source: Source, options: ReadDataSet, work: Reporting): Promise<DataSet> {
  const leftOut: LeftOut[] = [];
  const pictures: SoundPicture[] = [];
  const compared: Compared[] = [];
  for await (const { picture, read } of soundPictures(source, options, leftOut, work)) {
    pictures.push(picture);
    compared.push({ name: picture.name, pixels: picture.pixels, cells: thumbnail(read, comparedSide) });
  }
  const alike = alikeGroups(compared);
  const exactDuplicates = pictures.length - new Set(pictures.map(({ pixels }) => pixels)).size;
  const grouped = joinAlike(pictures, alike);
  return { pictures: grouped, leftOut: leftOut.sort(byName), version: versionOf(grouped), alike, exactDuplicates };
}

/** The pictures of a source one after the other, each read once; what is left out is added to the list. */
export async function* soundPictures(
  source: Source,
  options: ReadDataSet,
  leftOut: LeftOut[],
  work: Reporting,
): AsyncGenerator<{ readonly picture: SoundPicture; readonly read: Picture }> {
  const found = await picturesIn(source, options, leftOut);
  for (const [at, candidate] of found.entries()) {
    work.signal.throwIfAborted();
    work.progress(at / found.length, candidate.name);
    let sound: { readonly picture: SoundPicture; readonly read: Picture };
    try {
      sound = await soundPicture(candidate, options.role, leftOut);
    } catch (error) {
      leftOut.push({ name: candidate.name, reason: unreadableNote(error) });
      continue;
    }
    yield sound;
  }
}

/** A picture that has not been read yet, so that nobody knows its size. */
type Candidate = Omit<DataPicture, 'boxes' | 'regions'> & {
  readonly label?: LabelsOfSize;
  readonly segments?: Segments;
};

async function soundPicture(
  candidate: Candidate,
  role: ReadDataSet['role'],
  leftOut: LeftOut[],
): Promise<{ picture: SoundPicture; read: Picture }> {
  const read = await readPictureFile(candidate);
  const { width, height } = read;
  const pixels = hashOfPixels(read);
  const { mask: _, label, segments, ...rest } = candidate;
  const { boxes, regions, problems = [] } = label?.inPixels(width, height) ?? { boxes: [], regions: [] };
  for (const reason of problems) leftOut.push({ name: candidate.name, reason });
  const within = boxes.flatMap((box) => {
    const pixelsOfBox = wholePixels(box, width, height);
    return pixelsOfBox ? { className: box.className, ...pixelsOfBox } : [];
  });
  const mask = await soundMask(candidate, width, height, leftOut, role);
  const good = role === 'all' && candidate.good === null && candidate.mask ? goodByMask(mask) : candidate.good;
  const segmented =
    segments && (await segmentsOf({ ...candidate, segments }, role, regions, { width, height }, leftOut));
  const kept = (segmented?.regions ?? regions).flatMap((region) => regionWithin(region, width, height) ?? []);
  const lost = (segmented?.regions ?? regions).length - kept.length;
  if (lost > 0) leftOut.push({ name: candidate.name, reason: dataSetNotes['region-outside']({ count: lost }) });
  const picture = {
    ...rest,
    good,
    ...segmented?.says,
    boxes: within,
    regions: kept,
    ...{ width, height, pixels },
    ...(mask ?? {}),
  };
  return { picture, read };
}

/** What masks of objects and classes mark, and what they say of a picture of which nothing else does. */
async function segmentsOf(
  { name, className, good, segments }: Candidate & { readonly segments: Segments },
  role: ReadDataSet['role'],
  labelled: readonly DrawnRegion[],
  size: { readonly width: number; readonly height: number },
  leftOut: LeftOut[],
): Promise<{ regions: readonly DrawnRegion[]; says: Partial<Pick<DataPicture, 'className' | 'good'>> }> {
  const { regions, problems } = await regionsOfSegments(segments, labelled, size);
  for (const reason of problems) leftOut.push({ name, reason });
  const mask = (segments.objects ?? segments.classes)!.name;
  const isEmpty = regions.length === 0 && problems.length === 0;
  if (good === true && regions.length > 0) leftOut.push({ name, reason: dataSetNotes['mask-of-good']({ name: mask }) });
  if (isEmpty && good !== true && (good === false || role !== 'all'))
    leftOut.push({ name, reason: dataSetNotes['mask-empty']({ name: mask }) });
  if (good === true || regions.length === 0)
    return { regions: labelled, says: isEmpty && role === 'all' && good === null ? { good: true } : {} };
  const named = regions.map((region) => ({ ...region, class: region.class ?? className ?? unnamedClass }));
  return { regions: named, says: { className: className ?? named[0]!.class, good: false } };
}

/** Of a picture of which only its mask speaks: a mask that marks nothing is that of a good part. */
const goodByMask = (mask: Awaited<ReturnType<typeof soundMask>>): boolean | null =>
  mask === undefined ? null : mask.mask === undefined;

async function picturesIn(source: Source, options: ReadDataSet, leftOut: LeftOut[]): Promise<Candidate[]> {
  const { role, half, masks: maskSource, group: pattern, reading } = options;
  const halves = await halvesOf(source.files);
  const ofHalf = half === 'both' ? source.files : source.files.filter(({ name }) => (halves.of(name) ?? half) === half);
  const labels = await labelsIn(ofHalf, leftOut, halves.lists);
  const segments = role === 'good' ? undefined : await vocSegmentsIn(ofHalf);
  const others = ofHalf.filter(({ name }) => !segments?.files.has(name));
  const { pictures: files, masks, alone } = joinMasks(others, maskSource?.files);
  // Among good parts nobody looks for masks.
  for (const { name } of role === 'good' ? [] : alone) leftOut.push({ name, reason: dataSetNotes['mask-alone']() });
  for (const { name } of others)
    if (!isPictureName(name) && !labels.files.has(name) && posix.basename(name) !== exportReport)
      leftOut.push({ name, reason: dataSetNotes['no-picture']() });
  const someGood = files.some(({ name }) => classOfPath(name)?.good);
  const pictures: Candidate[] = [];
  for (const file of files) {
    const label = labels.of(file.name);
    const ofPath = role === 'good' && !someGood ? null : classOfPath(file.name);
    const className = label?.classNames[0] ?? ofPath?.className ?? null;
    const good = label ? label.classNames.length === 0 : (ofPath?.good ?? null);
    if (role === 'good' && good === false) {
      leftOut.push({ name: file.name, reason: dataSetNotes['labelled-defect']({ className: className ?? 'defect' }) });
      continue;
    }
    if (role === 'defects' && good === true) {
      leftOut.push({ name: file.name, reason: dataSetNotes['labelled-good']() });
      continue;
    }
    const pages = await pagesOf(file);
    const group = pattern?.exec(file.name)?.[1] ?? (pages > 1 ? file.name : undefined);
    const mask = role === 'good' ? undefined : masks.get(file.name);
    const segmented = segments?.of(file.name);
    for (let page = 0; page < pages; page++) {
      const name = pages > 1 ? `${file.name}#${page + 1}` : file.name;
      pictures.push({
        ...{ name, file, page, className, good: role === 'good' ? true : good, group: group ?? name },
        ...{ half: halves.of(file.name), ...(label ? { label } : {}) },
        ...(reading ? { reading } : {}),
        ...(mask ? { mask } : {}),
        ...(segmented ? { segments: segmented } : {}),
      });
    }
  }
  return pictures;
}

/** Undefined where it cannot be read or is of another size; without `mask` where it marks nothing. */
async function soundMask(
  { name, mask, good }: Candidate,
  width: number,
  height: number,
  leftOut: LeftOut[],
  role: ReadDataSet['role'],
): Promise<Pick<SoundPicture, 'mask' | 'maskPixels'> | undefined> {
  if (!mask) return undefined;
  try {
    const read = await readMaskFile(mask);
    if (read.width !== width || read.height !== height) {
      const sizes = { name: mask.name, maskWidth: read.width, maskHeight: read.height, width, height };
      leftOut.push({ name, reason: dataSetNotes['mask-size'](sizes) });
      return undefined;
    }
    const marks = read.data.includes(1);
    if (marks && good !== true) return { mask, maskPixels: hashOfPlane(read.data) };
    if (marks) leftOut.push({ name, reason: dataSetNotes['mask-of-good']({ name: mask.name }) });
    else if (good === false || role !== 'all')
      leftOut.push({ name, reason: dataSetNotes['mask-empty']({ name: mask.name }) });
    return {};
  } catch (error) {
    const { details, message } = error as Error & { details?: { reason?: string } };
    leftOut.push({
      name,
      reason: dataSetNotes['mask-unreadable']({ name: mask.name, reason: details?.reason ?? message }),
    });
    return undefined;
  }
}

const hashOfPlane = (data: Float32Array): string => createHash('sha256').update(Uint8Array.from(data)).digest('hex');

function versionOf(pictures: readonly SoundPicture[]): string {
  const rows = pictures.map(({ name, pixels, className, good, boxes, regions, maskPixels }) => {
    const outlines = regions.flatMap(({ class: of, shape }) =>
      shape.kind === 'polygon' ? { className: of, points: shape.points } : [],
    );
    const masks = regions.filter(({ shape }) => shape.kind === 'mask');
    return { name, pixels, className, good, boxes, outlines, maskPixels, ...(masks.length > 0 ? { masks } : {}) };
  });
  return createHash('sha256').update(canonicalJson(rows)).digest('hex');
}
