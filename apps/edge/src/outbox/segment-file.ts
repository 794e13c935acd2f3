import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../files.ts';
import { lineOf, recordOf } from './line.ts';
import type { OutboxRecord } from './record.ts';

/** Where one record lies, and what has to be known of it without reading it. */
export interface Place {
  readonly sequence: number;
  offset: number;
  length: number;
  readonly time: number;
  readonly priority: OutboxRecord['priority'];
  lost: boolean;
  /** Files that belong to it and their sizes. */
  files: { readonly sha256: string; readonly bytes: number }[];
}

const placeOf = (record: OutboxRecord, offset: number, length: number): Place => ({
  ...{ sequence: record.sequence, offset, length, time: record.time, priority: record.priority },
  lost: record.lost !== undefined,
  files: record.files.map(({ sha256, bytes }) => ({ sha256, bytes })),
});

/** A run of records in one file, named after the first of them. */
export class SegmentFile {
  readonly first: number;
  readonly path: string;
  places: Place[] = [];
  bytes = 0;
  #file: FileHandle | undefined;

  constructor(folder: string, first: number) {
    this.first = first;
    this.path = join(folder, `${String(first).padStart(15, '0')}.log`);
  }

  get last(): number {
    return this.places.at(-1)?.sequence ?? this.first - 1;
  }

  /**
   * Reads what is there. A last line without its end was being written when the machine stopped: nobody was told that it
   * is safe, and it is cut off. A damaged line anywhere else leaves a hole in the sequence.
   */
  async load(): Promise<void> {
    const content = await readFile(this.path);
    let offset = 0;
    for (let end = content.indexOf(10); end >= 0; end = content.indexOf(10, offset)) {
      const record = recordOf<OutboxRecord>(content.subarray(offset, end));
      if (record) this.places.push(placeOf(record, offset, end + 1 - offset));
      offset = end + 1;
    }
    this.bytes = offset;
    if (offset < content.length) await this.#cut();
  }

  /** Writes records and waits for the disk. When that fails nothing of them is there. */
  async append(records: readonly OutboxRecord[]): Promise<void> {
    const isNew = this.#file === undefined && this.bytes === 0;
    this.#file ??= await open(this.path, 'a', 0o600);
    const lines = records.map(lineOf);
    try {
      await this.#file.appendFile(Buffer.concat(lines));
      await this.#file.datasync();
      if (isNew) await syncFolder(dirname(this.path));
    } catch (error) {
      await this.#cut();
      throw error;
    }
    for (const [at, record] of records.entries()) {
      this.places.push(placeOf(record, this.bytes, lines[at]!.length));
      this.bytes += lines[at]!.length;
    }
  }

  async read(places: readonly Place[]): Promise<(OutboxRecord | undefined)[]> {
    const [start, end] = [places[0]!, places.at(-1)!];
    const file = await open(this.path);
    try {
      const bytes = Buffer.alloc(end.offset + end.length - start.offset);
      await file.read(bytes, 0, bytes.length, start.offset);
      return places.map(({ offset, length }) => {
        const from = offset - start.offset;
        return recordOf<OutboxRecord>(bytes.subarray(from, from + length - 1));
      });
    } finally {
      await file.close();
    }
  }

  /** Puts other records in place of some, keeping their order; the file is the old one or the new one. */
  async rewrite(change: (record: OutboxRecord) => OutboxRecord): Promise<void> {
    await this.close();
    const records = (await this.read(this.places)).filter((record) => record !== undefined).map(change);
    const beside = `${this.path}.new`;
    const file = await open(beside, 'w', 0o600);
    const lines = records.map(lineOf);
    try {
      await file.writeFile(Buffer.concat(lines));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, this.path);
    await syncFolder(dirname(this.path));
    let offset = 0;
    this.places = records.map((record, at) => {
      const place = placeOf(record, offset, lines[at]!.length);
      offset += place.length;
      return place;
    });
    this.bytes = offset;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  async #cut(): Promise<void> {
    await this.close();
    const file = await open(this.path, 'r+');
    try {
      await file.truncate(this.bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}
