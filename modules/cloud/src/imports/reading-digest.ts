import { createHash } from 'node:crypto';
import type { FileInput } from '../file/byte-source.ts';
import type { FileMapping } from '../file/file-mapping.ts';
import type { FileSummary } from '../file/read-file.ts';
import type { ReadingBatch } from '../file/reading-batch.ts';
import { readOnThread } from '../file/thread/file-thread.ts';

/** What a file says when read with a mapping: the result that evidence of an import proves. */
export interface ReadingDigest {
  readonly rows: number;
  readonly readings: number;
  readonly rowsRejected: number;
  readonly cellsRejected: number;
  readonly points: readonly { readonly key: string; readonly count: number }[];
  /** SHA-256 over key, time, value and quality of every reading in the order of the file. */
  readonly sha256: string;
}

/** Hashes readings as they pass by. */
export class DigestWriter {
  #hash = createHash('sha256');

  add({ keyIndex, time, value, quality }: ReadingBatch): void {
    for (const column of [keyIndex, time, value, quality]) {
      this.#hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    }
  }

  finish(summary: FileSummary): ReadingDigest {
    for (const { key } of summary.points) this.#hash.update(`${key}\n`);
    return {
      rows: summary.rows,
      readings: summary.readings,
      rowsRejected: summary.rowsRejected,
      cellsRejected: summary.cellsRejected,
      points: summary.points.map(({ key, count }) => ({ key, count })),
      sha256: this.#hash.digest('hex'),
    };
  }
}

/** The batch size is part of the digest, since columns are hashed batch by batch. */
export const digestBatchSize = 20_000;

export async function digestFile(input: FileInput, mapping: FileMapping, fileName: string): Promise<ReadingDigest> {
  const reading = readOnThread(input, mapping, { fileName, batchSize: digestBatchSize });
  const digest = new DigestWriter();
  for await (const batch of reading) digest.add(batch);
  return digest.finish(reading.summary);
}
