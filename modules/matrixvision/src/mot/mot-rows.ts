import type { Note } from '@millwright/kernel';
import { matrixvisionErrors } from '../errors.ts';
import type { Box } from '../observation.ts';
import { motNotes } from './notes.ts';

/** One line of a MOTChallenge file (Leal-Taixé 2015). */
export interface MotRow {
  /** From 1. */
  readonly frame: number;
  /** -1 for a detection without a track. */
  readonly id: number;
  /** In pixels. */
  readonly box: Box;
  /** Of a detection: its score, in whatever measure the detector has. Of the truth: 1 where it counts, 0 where not. */
  readonly confidence: number;
}

/** More than a day of 30 pictures a second with many people; beyond it a file is no file of this kind. */
const limits = { rows: 20_000_000, frame: 100_000_000 };

/**
 * Reads `frame, id, left, top, width, height, confidence, ...`, with commas or blanks between; empty lines and lines that
 * begin with # are passed over. Lines may be in any order. Throws MATRIXVISION_MOT_INVALID, which names the line.
 */
export function parseMotRows(text: string, file: string): MotRow[] {
  const rows: MotRow[] = [];
  let line = 0;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    line += 1;
    const content = text.slice(start, end).trim();
    start = end + 1;
    if (content === '' || content.startsWith('#')) continue;
    const row = rowOf(content);
    if ('code' in row) throw matrixvisionErrors.MATRIXVISION_MOT_INVALID({ file, line, reason: row });
    if (rows.length >= limits.rows)
      throw matrixvisionErrors.MATRIXVISION_MOT_INVALID({
        file,
        line,
        reason: motNotes['many-rows']({ most: limits.rows }),
      });
    rows.push(row);
  }
  return rows;
}

/** The row, or what is wrong with it. */
function rowOf(content: string): MotRow | Note {
  const fields = content.split(/\s*[,;]\s*|\s+/);
  if (fields.length < 6) return motNotes['few-fields']({ fields: fields.length, least: 6 });
  const numbers = fields.slice(0, 7).map((field) => (field === '' ? Number.NaN : Number(field)));
  const wrong = numbers.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) return motNotes['no-number']({ field: wrong + 1, value: fields[wrong]!.slice(0, 30) });
  const [frame, id, x, y, width, height, confidence = 1] = numbers as [
    number,
    number,
    number,
    number,
    number,
    number,
    number?,
  ];
  if (!Number.isInteger(frame) || frame < 1 || frame > limits.frame)
    return motNotes['no-frame']({ value: String(frame) });
  if (width <= 0 || height <= 0) return motNotes['no-area']({ width: String(width), height: String(height) });
  return { frame, id, box: { x, y, width, height }, confidence };
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

/** Rows in the order of frames, then of ids; hundredths of a pixel. */
export function formatMotRows(rows: readonly MotRow[]): string {
  return [...rows]
    .sort((a, b) => a.frame - b.frame || a.id - b.id)
    .map(({ frame, id, box: { x, y, width, height }, confidence }) =>
      [frame, id, ...[x, y, width, height].map(rounded), Math.round(confidence * 1e4) / 1e4, -1, -1, -1].join(','),
    )
    .map((line) => `${line}\n`)
    .join('');
}

export function byFrame(rows: readonly MotRow[]): Map<number, MotRow[]> {
  const frames = new Map<number, MotRow[]>();
  for (const row of rows) {
    const frame = frames.get(row.frame);
    if (frame) frame.push(row);
    else frames.set(row.frame, [row]);
  }
  return frames;
}
