import { matrixvisionErrors } from '../errors.ts';
import { motNotes } from './notes.ts';

/** What a MOTChallenge `seqinfo.ini` says; undefined where it says nothing. */
export interface SequenceInfo {
  readonly name: string | undefined;
  readonly frameRate: number | undefined;
  readonly length: number | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** Throws MATRIXVISION_MOT_INVALID for figures that are none or below 1. */
export function parseSequenceInfo(text: string, file: string): SequenceInfo {
  const values = new Map<string, { value: string; line: number }>();
  text.split(/\r?\n/).forEach((content, index) => {
    const found = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(content);
    if (found) values.set(found[1]!.toLowerCase(), { value: found[2]!, line: index + 1 });
  });
  const figure = (key: string): number | undefined => {
    const found = values.get(key.toLowerCase());
    if (!found) return undefined;
    const value = Number(found.value);
    if (Number.isFinite(value) && value > 0 && value <= 1e8) return value;
    const reason = motNotes.figure({ key, value: found.value });
    throw matrixvisionErrors.MATRIXVISION_MOT_INVALID({ file, line: found.line, reason });
  };
  return {
    name: values.get('name')?.value,
    frameRate: figure('frameRate'),
    length: figure('seqLength'),
    width: figure('imWidth'),
    height: figure('imHeight'),
  };
}
