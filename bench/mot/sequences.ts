import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MotRow, parseMotRows, parseSequenceInfo } from '@millwright/matrixvision';

export interface Sequence {
  readonly name: string;
  readonly fps: number;
  readonly length: number;
  readonly width: number;
  readonly height: number;
  readonly detections: readonly MotRow[];
  /** Rows of the truth that count. */
  readonly truth: readonly MotRow[];
}

/** All folders with `gt/gt.txt`, `det/det.txt` and `seqinfo.ini`; the folder itself may be one. */
export function readSequences(folder: string): Sequence[] {
  const folders = existsSync(join(folder, 'seqinfo.ini'))
    ? [folder]
    : readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(folder, name))
        .filter((path) => existsSync(join(path, 'gt', 'gt.txt')))
        .sort();
  return folders.map(readSequence);
}

function readSequence(folder: string): Sequence {
  const text = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
  const info = parseSequenceInfo(text('seqinfo.ini'), 'seqinfo.ini');
  const detections = parseMotRows(text('det', 'det.txt'), 'det.txt');
  const truth = parseMotRows(text('gt', 'gt.txt'), 'gt.txt').filter(({ confidence }) => confidence !== 0);
  return {
    name: info.name ?? folder.split(/[/\\]/).at(-1)!,
    fps: info.frameRate ?? 25,
    length: info.length ?? Math.max(...detections.map(({ frame }) => frame)),
    width: info.width ?? 1920,
    height: info.height ?? 1080,
    ...{ detections, truth },
  };
}
