import { createHash } from 'node:crypto';
import { thumbnail } from '@millwright/imaging';
import { canonicalJson } from '@millwright/ledger';
import type { LabelledBox, Work } from '../kinds/inspection.ts';
import type { Reading } from '../model-file/model-file.ts';
import type { DataPicture, DataSet, SoundPicture } from './data-set.ts';
import { type LabelsOfSize, labelsIn } from './layouts/labels-in.ts';
import { alikeGroups, type Compared, comparedSide } from './near-duplicates.ts';
import { dataSetNotes, type LeftOut } from './notes.ts';
import { classOfPath, isPictureName, joinMasks } from './picture-names.ts';
import { pagesOf, readMaskFile, readPictureFile, unreadableNote } from './read-picture-file.ts';
import { byName, type Source } from './source.ts';

export interface ReadDataSet {
  /** `good`: all are good parts, whatever their folders are called; `defects`: a folder is a class. */
  readonly role: 'good' | 'defects';
  /** Which half of a data set that has folders `train` and `test` (MVTec AD). */
  readonly half: 'train' | 'test';
  /** Masks that lie in a folder of their own. */
  readonly masks?: Source;
  /** Part or lot of a picture: what the first group of this pattern finds in its name. */
  readonly group?: RegExp;
  readonly reading?: Reading;
}

/**
 * Reads a folder, ZIP or picture as a data set: finds pictures, masks and labels by the layout (class folders, MVTec AD, COCO, YOLO,
 * Pascal VOC, mask pairs), reads every picture once, and lists what is left out with its reason.
 */
export async function readDataSet(
  source: Source,
  options: ReadDataSet,
  work: Pick<Work, 'signal' | 'progress'>,
): Promise<DataSet> {
  const leftOut: LeftOut[] = [];
  const found = await picturesIn(source, options, leftOut);
  const pictures: SoundPicture[] = [];
  const compared: Compared[] = [];
  for (const [at, picture] of found.entries()) {
    work.signal.throwIfAborted();
    work.progress(at / found.length, picture.name);
    try {
      const read = await readPictureFile(picture);
      const { width, height } = read;
      const hash = createHash('sha256').update(`${width} ${height} ${read.channels} ${read.depth};`);
      const pixels = hash.update(read.data).digest('hex');
      const mask = await soundMask(picture, width, height, leftOut);
      const { mask: _, label, ...rest } = picture;
      const { boxes, outlines } = label?.(width, height) ?? { boxes: [], outlines: [] };
      const within = boxes.flatMap((box) => wholePixels(box, width, height) ?? []);
      pictures.push({ ...rest, boxes: within, outlines, ...{ width, height, pixels }, ...mask });
      compared.push({ name: picture.name, pixels, cells: thumbnail(read, comparedSide) });
    } catch (error) {
      leftOut.push({ name: picture.name, reason: unreadableNote(error) });
    }
  }
  const alike = alikeGroups(compared);
  const exactDuplicates = pictures.length - new Set(pictures.map(({ pixels }) => pixels)).size;
  const grouped = joinGroups(pictures, alike);
  return { pictures: grouped, leftOut: leftOut.sort(byName), version: versionOf(grouped), alike, exactDuplicates };
}

/** A picture that has not been read yet, so that nobody knows its size. */
type Candidate = Omit<DataPicture, 'boxes' | 'outlines'> & { readonly label?: LabelsOfSize };

/** The pixels that a box touches, within the picture; undefined where that is none. */
function wholePixels(box: LabelledBox, width: number, height: number): LabelledBox | undefined {
  const [x, y] = [Math.max(0, Math.floor(box.x + 1e-6)), Math.max(0, Math.floor(box.y + 1e-6))];
  const right = Math.min(width, Math.ceil(box.x + box.width - 1e-6));
  const bottom = Math.min(height, Math.ceil(box.y + box.height - 1e-6));
  return right > x && bottom > y ? { className: box.className, x, y, width: right - x, height: bottom - y } : undefined;
}

async function picturesIn(source: Source, options: ReadDataSet, leftOut: LeftOut[]): Promise<Candidate[]> {
  const { role, half, masks: maskSource, group: pattern, reading } = options;
  const ofHalf = halfOf(source.files, half);
  const labels = await labelsIn(ofHalf, leftOut);
  const { pictures: files, masks, alone } = joinMasks(ofHalf, maskSource?.files);
  // Among good parts nobody looks for masks.
  for (const { name } of role === 'good' ? [] : alone) leftOut.push({ name, reason: dataSetNotes['mask-alone']() });
  for (const { name } of ofHalf)
    if (!isPictureName(name) && !labels.files.has(name)) leftOut.push({ name, reason: dataSetNotes['no-picture']() });
  const someGood = files.some(({ name }) => classOfPath(name)?.good);
  const pictures: Candidate[] = [];
  for (const file of files) {
    const label = labels.of(file.name);
    // Which classes there are does not hang on the size.
    const inside = label && [...label(1, 1).boxes, ...label(1, 1).outlines];
    const ofPath = role === 'good' && !someGood ? null : classOfPath(file.name);
    const className = inside?.[0]?.className ?? ofPath?.className ?? null;
    const good = inside ? inside.length === 0 : (ofPath?.good ?? null);
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
    const mask = role === 'defects' ? masks.get(file.name) : undefined;
    for (let page = 0; page < pages; page++) {
      const name = pages > 1 ? `${file.name}#${page + 1}` : file.name;
      pictures.push({
        ...{ name, file, page, className, good: role === 'good' ? true : good, group: group ?? name },
        ...(label ? { label } : {}),
        ...(reading ? { reading } : {}),
        ...(mask ? { mask } : {}),
      });
    }
  }
  return pictures;
}

/** Where folders `train` and `test` are both there, only the files of one; masks and labels stay. */
function halfOf(files: Source['files'], half: 'train' | 'test'): Source['files'] {
  const names: Record<string, 'train' | 'test'> = { train: 'train', training: 'train', test: 'test' };
  const of = (name: string) =>
    name
      .split('/')
      .slice(0, -1)
      .flatMap((folder) => names[folder.toLowerCase()] ?? [])[0];
  const halves = new Set(files.map(({ name }) => of(name)));
  return halves.has('train') && halves.has('test') ? files.filter(({ name }) => (of(name) ?? half) === half) : files;
}

async function soundMask(
  { name, mask }: Candidate,
  width: number,
  height: number,
  leftOut: LeftOut[],
): Promise<Pick<SoundPicture, 'mask' | 'maskPixels'>> {
  if (!mask) return {};
  try {
    const read = await readMaskFile(mask);
    if (read.width !== width || read.height !== height) {
      const sizes = { name: mask.name, maskWidth: read.width, maskHeight: read.height, width, height };
      leftOut.push({ name, reason: dataSetNotes['mask-size'](sizes) });
    } else if (read.data.includes(1)) return { mask, maskPixels: hashOfPlane(read.data) };
    else leftOut.push({ name, reason: dataSetNotes['mask-empty']({ name: mask.name }) });
  } catch (error) {
    const { details, message } = error as Error & { details?: { reason?: string } };
    leftOut.push({
      name,
      reason: dataSetNotes['mask-unreadable']({ name: mask.name, reason: details?.reason ?? message }),
    });
  }
  return {};
}

const hashOfPlane = (data: Float32Array): string => createHash('sha256').update(Uint8Array.from(data)).digest('hex');

/** Pictures that are alike get one group, and so do all that share a group with one of them. */
function joinGroups(pictures: readonly SoundPicture[], alike: readonly (readonly string[])[]): SoundPicture[] {
  const groupOf = new Map(pictures.map(({ name, group }) => [name, group]));
  const renamed = new Map<string, string>();
  const last = (group: string): string => {
    let at = group;
    while (renamed.has(at)) at = renamed.get(at)!;
    return at;
  };
  for (const [first, ...others] of alike)
    for (const other of others) {
      const [to, from] = [last(groupOf.get(first!)!), last(groupOf.get(other)!)];
      if (to !== from) renamed.set(from, to);
    }
  return pictures.map((picture) => ({ ...picture, group: last(picture.group) }));
}

function versionOf(pictures: readonly SoundPicture[]): string {
  const rows = pictures.map(({ name, pixels, className, good, boxes, outlines, maskPixels }) => ({
    ...{ name, pixels, className, good, boxes, outlines, maskPixels },
  }));
  return createHash('sha256').update(canonicalJson(rows)).digest('hex');
}
