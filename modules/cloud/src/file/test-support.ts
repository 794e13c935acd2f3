import { textOf } from '@millwright/kernel';
import type { Rejection } from '../connectors/connector.ts';
import {
  type FileInput,
  type FileInspection,
  type FileMapping,
  type FileSummary,
  type InspectFileOptions,
  inspectFile,
  type ReadFileOptions,
  readFile,
} from './index.ts';

/** With the reason as the command line prints it. */
type PrintedRejection = Omit<Rejection, 'reason'> & { readonly reason: string };

export interface ReadResult {
  /** One line per reading: `key time value`, time as ISO 8601 in UTC without milliseconds that are zero. */
  readonly lines: string[];
  readonly qualities: number[];
  readonly rows: number[];
  readonly rejections: PrintedRejection[];
  readonly summary: FileSummary;
}

/** Reads a whole file, as a test wants to see it. */
export async function readAll(
  input: FileInput,
  mapping: FileMapping,
  options: ReadFileOptions = {},
): Promise<ReadResult> {
  const result = { lines: [] as string[], qualities: [] as number[], rows: [] as number[] };
  const rejections: PrintedRejection[] = [];
  const onReject = (some: readonly Rejection[]) => {
    rejections.push(...some.map((rejection) => ({ ...rejection, reason: textOf(rejection.reason) })));
  };
  const reading = readFile(input, mapping, { onReject, ...options });
  for await (const batch of reading) {
    for (let index = 0; index < batch.length; index++) {
      const time = new Date(batch.time[index]!).toISOString().replace('.000Z', 'Z');
      result.lines.push(`${batch.keys[batch.keyIndex[index]!]} ${time} ${batch.value[index]}`);
      result.qualities.push(batch.quality[index]!);
      result.rows.push(batch.row[index]!);
    }
  }
  return { ...result, rejections, summary: reading.summary };
}

export function bytes(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}

/** Inspects a text and reads it with the mapping that was guessed. */
export async function roundTrip(
  text: string | Buffer,
  options: InspectFileOptions = {},
): Promise<ReadResult & { inspection: FileInspection; mapping: FileMapping }> {
  const input = typeof text === 'string' ? bytes(text) : text;
  const inspection = await inspectFile(input, options);
  const result = await readAll(input, inspection.mapping);
  return { ...result, inspection, mapping: inspection.mapping };
}

/** Rows of a table: `count` lines that `line` makes from their number. */
export function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
}
