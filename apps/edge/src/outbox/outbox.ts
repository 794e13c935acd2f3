import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { EdgeBlob } from '@millwright/cloud';
import type { Logger } from '@millwright/kernel';
import { agentErrors } from '../errors.ts';
import { hashFile, isFull, readJson, removeFile, syncFolder, writeWhole } from '../files.ts';
import { type DropCounts, dropOrder, noDrops } from './budget.ts';
import type { OutboxRecord } from './record.ts';
import { type Place, SegmentFile } from './segment-file.ts';

export interface OutboxOptions {
  readonly folder: string;
  readonly logger: Logger;
  /** Bytes that may wait here. */
  readonly budgetBytes: number;
  /** Bytes of the disk that stay free for everything else. */
  readonly minimumFreeBytes: number;
  /** When a segment is full; 4 MiB unless a test says otherwise. */
  readonly segmentBytes?: number;
}

export type NewRecord = Omit<OutboxRecord, 'sequence' | 'lost' | 'files'> & {
  readonly files: readonly { readonly path: string; readonly name: string }[];
};

export interface OutboxFigures extends DropCounts {
  readonly waiting: number;
  readonly bytes: number;
  readonly budgetBytes: number;
  readonly oldest: number | null;
}

interface Pending {
  readonly record: Omit<OutboxRecord, 'sequence'>;
  resolve(sequence: number): void;
  reject(error: unknown): void;
}

/** Sequences on disk are counted from the first message ever; those the server sees from `base` of its stream on. */
interface StreamState {
  readonly stream: string;
  readonly base: number;
}

/**
 * What waits for the server: an append-only log in segments, and the files it names. What `append` has resolved for is on
 * disk, and stays until `acknowledge` is told that the server has it, or until the disk budget makes it give way.
 */
export class Outbox {
  #options: OutboxOptions;
  #segments: SegmentFile[] = [];
  #next = 1;
  #stream: StreamState = { stream: '', base: 0 };
  #files = new Map<string, { uses: number; bytes: number }>();
  #counts = noDrops();
  #pending: Pending[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #order: Promise<unknown> = Promise.resolve();
  #wakers = new Set<() => void>();

  private constructor(options: OutboxOptions) {
    this.#options = options;
  }

  static async open(options: OutboxOptions): Promise<Outbox> {
    const outbox = new Outbox(options);
    await outbox.#open();
    return outbox;
  }

  get stream(): string {
    return this.#stream.stream;
  }

  /** The oldest sequence that is here, as the server counts. */
  get first(): number {
    return (this.#places()[0]?.sequence ?? this.#next) - this.#stream.base;
  }

  figures(): OutboxFigures {
    const places = this.#places();
    return {
      ...{ waiting: places.length, bytes: this.#bytes, budgetBytes: this.#options.budgetBytes },
      ...{ oldest: places[0]?.time ?? null, ...this.#counts },
    };
  }

  /** Resolves to the sequence once everything is on disk; sequences follow the order of the calls. Throws EDGE_DISK_FULL, EDGE_FILE_UNREADABLE. */
  append({ files, ...record }: NewRecord): Promise<number> {
    // Files are taken in at once, but a message never overtakes one that was handed over before it.
    const kept = this.#keepAll(files);
    kept.catch(() => undefined); // Awaited in its turn.
    const before = this.#order;
    const mine = (async () => {
      await before.catch(() => undefined); // Its caller was told.
      return this.#enqueue(record, await kept);
    })();
    this.#order = mine;
    return mine.then(({ written }) => written);
  }

  /** The oldest messages that wait, sequences as the server counts them; at least one if there is any. */
  async read(mostMessages: number, mostBytes: number): Promise<OutboxRecord[]> {
    return this.#inTurn(async () => {
      const found: OutboxRecord[] = [];
      let bytes = 0;
      for (const segment of this.#segments) {
        const places: Place[] = [];
        for (const place of segment.places) {
          if (found.length + places.length >= mostMessages) break;
          if (bytes > 0 && bytes + place.length > mostBytes) break;
          bytes += place.length;
          places.push(place);
        }
        if (places.length === 0) break;
        const records = await segment.read(places);
        for (const [at, record] of records.entries()) {
          const { sequence, time, priority } = places[at]!;
          found.push(record ?? damagedRecord(sequence, time, priority));
        }
        if (places.length < segment.places.length) break;
      }
      return this.#withHoles(found).map((record) => ({ ...record, sequence: record.sequence - this.#stream.base }));
    });
  }

  /**
   * The server has all up to `applied` of this stream: they may go. When it has more than was ever sent, the folder is a
   * copy of an earlier state: what waits gets a new stream, since its sequences are taken.
   */
  async acknowledge(stream: string, applied: number): Promise<void> {
    await this.#inTurn(async () => {
      if (stream !== this.#stream.stream) return;
      const upTo = applied + this.#stream.base;
      if (upTo >= this.#next) {
        this.#options.logger.warn({ applied }, 'the server has more than this box ever sent; beginning a new stream');
        await this.#newStream((this.#places()[0]?.sequence ?? this.#next) - 1);
        return;
      }
      if ((this.#places()[0]?.sequence ?? this.#next) > upTo) return;
      await writeWhole(this.#path('acknowledged.json'), JSON.stringify({ sequence: upTo }));
      await this.#forget(upTo);
    });
  }

  /** Resolves once something waits, or when `signal` says that nobody wants to know any more. */
  async waiting(signal: AbortSignal): Promise<void> {
    while (this.#places().length === 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const end = () => {
          this.#wakers.delete(end);
          signal.removeEventListener('abort', end);
          resolve();
        };
        this.#wakers.add(end);
        signal.addEventListener('abort', end, { once: true });
      });
    }
  }

  /** Where a file lies; undefined when it was dropped. */
  filePath(sha256: string): string | undefined {
    return this.#files.has(sha256) ? this.#filePath(sha256) : undefined;
  }

  /** Gives up a file that is not any more what its name says; its messages go without it. */
  async dropDamaged(sha256: string): Promise<void> {
    await this.#inTurn(async () => {
      if (!this.#files.delete(sha256)) return;
      this.#options.logger.error({ sha256 }, 'a file that waits was changed on disk; it was given up');
      this.#counts.damaged += 1;
      await removeFile(this.#filePath(sha256));
    });
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => {
      for (const segment of this.#segments) await segment.close();
    });
  }

  async #keepAll(files: NewRecord['files']): Promise<EdgeBlob[]> {
    const kept: EdgeBlob[] = [];
    try {
      for (const { path, name } of files) kept.push({ ...(await this.#keep(path)), name });
      return kept;
    } catch (error) {
      await this.#releaseAll(kept);
      throw error;
    }
  }

  /** Takes its place in the order; `written` is for the caller alone, so that the next one may be written with it. */
  #enqueue(record: Omit<NewRecord, 'files'>, files: EdgeBlob[]): { written: Promise<number> } {
    const written = new Promise<number>((resolve, reject) => {
      this.#pending.push({ record: { ...record, files }, resolve, reject });
      // All that is waiting by the time it is this one’s turn goes to the disk at once.
      void this.#inTurn(() => this.#flush());
    });
    return {
      written: written.then(
        (sequence) => {
          this.#wake();
          return sequence;
        },
        async (error: unknown) => {
          await this.#inTurn(() => this.#releaseAll(files));
          throw error;
        },
      ),
    };
  }

  async #releaseAll(files: readonly EdgeBlob[]): Promise<void> {
    for (const { sha256 } of files) await this.#release(sha256);
  }

  get #bytes(): number {
    let bytes = 0;
    for (const segment of this.#segments) bytes += segment.bytes;
    for (const file of this.#files.values()) bytes += file.bytes;
    return bytes;
  }

  #places(): Place[] {
    return this.#segments.length === 1 ? this.#segments[0]!.places : this.#segments.flatMap(({ places }) => places);
  }

  async #open(): Promise<void> {
    await mkdir(this.#path('files'), { recursive: true });
    const names = await readdir(this.#options.folder);
    for (const name of names.filter((one) => /^\d{15}\.log$/.test(one)).sort()) {
      const segment = new SegmentFile(this.#options.folder, Number(name.slice(0, 15)));
      await segment.load();
      this.#segments.push(segment);
    }
    for (const name of names.filter((one) => one.endsWith('.new'))) await removeFile(this.#path(name));
    const acknowledged = (await readJson<{ sequence: number }>(this.#path('acknowledged.json')))?.sequence ?? 0;
    this.#next = Math.max(acknowledged, this.#segments.at(-1)?.last ?? 0) + 1;
    this.#counts = { ...noDrops(), ...(await readJson<DropCounts>(this.#path('dropped.json'))) };
    const stream = await readJson<StreamState>(this.#path('stream.json'));
    if (stream) this.#stream = stream;
    else await this.#newStream((this.#places()[0]?.sequence ?? this.#next) - 1);
    for (const place of this.#places()) await this.#countFiles(place);
    await this.#forget(acknowledged);
    let before = acknowledged;
    for (const { sequence } of this.#places()) {
      this.#counts.damaged += sequence - before - 1;
      before = sequence;
    }
    // Files whose message was never written, because the machine stopped before.
    for (const name of await readdir(this.#path('files')))
      if (!this.#files.has(name)) await removeFile(join(this.#path('files'), name));
  }

  async #countFiles(place: Place): Promise<void> {
    for (const { sha256 } of place.files) {
      const known = this.#files.get(sha256);
      const bytes = known?.bytes ?? (await stat(this.#filePath(sha256)).catch(() => undefined))?.size;
      if (bytes !== undefined) this.#files.set(sha256, { uses: (known?.uses ?? 0) + 1, bytes });
    }
  }

  async #newStream(base: number): Promise<void> {
    this.#stream = { stream: randomUUID(), base };
    await writeWhole(this.#path('stream.json'), JSON.stringify(this.#stream));
  }

  async #flush(): Promise<void> {
    const pending = this.#pending;
    if (pending.length === 0) return;
    this.#pending = [];
    try {
      await this.#makeRoom();
      const records = pending.map(({ record }, at) => ({ sequence: this.#next + at, ...record }));
      await this.#write(records);
      this.#next += records.length;
      for (const [at, one] of pending.entries()) one.resolve(records[at]!.sequence - this.#stream.base);
    } catch (error) {
      const told = isFull(error) ? agentErrors.EDGE_DISK_FULL({ folder: this.#options.folder }, error) : error;
      for (const one of pending) one.reject(told);
    }
  }

  async #write(records: OutboxRecord[]): Promise<void> {
    for (;;) {
      try {
        const segment = this.#current();
        await segment.append(records);
        return;
      } catch (error) {
        if (!isFull(error) || !(await this.#dropOldest())) throw error;
      }
    }
  }

  #current(): SegmentFile {
    const last = this.#segments.at(-1);
    if (last && last.bytes < (this.#options.segmentBytes ?? 4 * 1024 * 1024)) return last;
    void last?.close();
    const segment = new SegmentFile(this.#options.folder, this.#next);
    this.#segments.push(segment);
    return segment;
  }

  /** Takes a file in: linked where that can be, else copied; on disk when this resolves. */
  async #keep(path: string): Promise<{ sha256: string; bytes: number }> {
    let sha256: string;
    let bytes: number;
    try {
      sha256 = await hashFile(path);
      bytes = (await stat(path)).size;
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      throw agentErrors.EDGE_FILE_UNREADABLE({ path, reason }, error);
    }
    return this.#inTurn(async () => {
      const known = this.#files.get(sha256);
      if (!known) await this.#store(path, sha256);
      this.#files.set(sha256, { bytes, uses: (known?.uses ?? 0) + 1 });
      return { sha256, bytes };
    });
  }

  async #store(path: string, sha256: string): Promise<void> {
    const target = this.#filePath(sha256);
    await this.#makeRoom();
    for (;;) {
      try {
        await removeFile(target);
        await link(path, target).catch(async (error: NodeJS.ErrnoException) => {
          // Another file system, or one without links. The content is whole under its name or not there.
          if (isFull(error)) throw error;
          await copyFile(path, `${target}.new`, constants.COPYFILE_FICLONE);
          await rename(`${target}.new`, target);
        });
        const file = await open(target, 'r+');
        await file.sync().finally(() => file.close());
        await syncFolder(this.#path('files'));
        return;
      } catch (error) {
        await removeFile(`${target}.new`);
        if (!isFull(error)) throw error;
        if (!(await this.#dropOldest())) throw agentErrors.EDGE_DISK_FULL({ folder: this.#options.folder }, error);
      }
    }
  }

  async #release(sha256: string): Promise<void> {
    const known = this.#files.get(sha256);
    if (!known) return;
    if (known.uses > 1) known.uses -= 1;
    else {
      this.#files.delete(sha256);
      await removeFile(this.#filePath(sha256));
    }
  }

  async #forget(upTo: number): Promise<void> {
    for (const segment of [...this.#segments]) {
      const gone = segment.places.filter(({ sequence }) => sequence <= upTo);
      if (gone.length === 0) continue;
      segment.places = segment.places.slice(gone.length);
      for (const { files } of gone) for (const { sha256 } of files) await this.#release(sha256);
      if (segment.places.length > 0) break;
      // Also the one that is being written to: the next record begins another.
      this.#segments.splice(this.#segments.indexOf(segment), 1);
      await segment.close();
      await removeFile(segment.path);
    }
  }

  /** Sequences that a damaged line has left out are said to be lost, or the server would wait for them for ever. */
  #withHoles(found: OutboxRecord[]): OutboxRecord[] {
    const filled: OutboxRecord[] = [];
    for (const record of found) {
      const before = filled.at(-1)?.sequence;
      for (let missing = (before ?? record.sequence - 1) + 1; missing < record.sequence; missing += 1) {
        filled.push(damagedRecord(missing, record.time, record.priority));
      }
      filled.push(record);
    }
    return filled;
  }

  async #makeRoom(): Promise<void> {
    while (await this.#isOver()) if (!(await this.#dropOldest())) return;
  }

  async #isOver(): Promise<boolean> {
    if (this.#bytes > this.#options.budgetBytes) return true;
    const disk = await statfs(this.#options.folder);
    return disk.bavail * disk.bsize < this.#options.minimumFreeBytes;
  }

  /** Gives up the oldest of what is least worth keeping. False when there is nothing left to give up. */
  async #dropOldest(): Promise<boolean> {
    for (const { what, priority } of dropOrder) {
      const dropped = await (what === 'files' ? this.#dropFiles(priority) : this.#dropMessages(priority));
      if (!dropped) continue;
      this.#options.logger.warn({ what, priority, ...dropped }, 'the disk budget is reached; the oldest was given up');
      this.#counts.droppedBytes += dropped.bytes;
      this.#counts[what === 'files' ? 'droppedFiles' : 'droppedMessages'] += dropped.count;
      await writeWhole(this.#path('dropped.json'), JSON.stringify(this.#counts)).catch((error: unknown) =>
        this.#options.logger.warn({ err: error }, 'the count of what was given up was not written down'),
      );
      return true;
    }
    return false;
  }

  async #dropFiles(priority: OutboxRecord['priority']): Promise<{ count: number; bytes: number } | undefined> {
    for (const place of this.#places()) {
      if (place.priority !== priority || place.lost) continue;
      const there = place.files.filter(({ sha256 }) => this.#files.has(sha256));
      if (there.length === 0) continue;
      for (const { sha256 } of there) {
        // Whoever else names it goes without, too.
        this.#files.delete(sha256);
        await removeFile(this.#filePath(sha256));
      }
      return { count: there.length, bytes: there.reduce((sum, { bytes }) => sum + bytes, 0) };
    }
    return undefined;
  }

  /** All of one priority in the oldest segment that has any: its file is written anew without what they said. */
  async #dropMessages(priority: OutboxRecord['priority']): Promise<{ count: number; bytes: number } | undefined> {
    const goes = (place: Place) => place.priority === priority && !place.lost;
    const segment = this.#segments.find(({ places }) => places.some(goes));
    if (!segment) return undefined;
    const before = segment.bytes;
    const count = segment.places.filter(goes).length;
    await segment.rewrite((record) =>
      record.priority === priority && !record.lost
        ? { ...record, payload: null, files: [], lost: 'disk-budget' }
        : record,
    );
    return { count, bytes: before - segment.bytes };
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    const mine = (async () => {
      await before.catch(() => undefined); // Its caller was told.
      return work();
    })();
    this.#turn = mine;
    return mine;
  }

  #wake(): void {
    for (const wake of [...this.#wakers]) wake();
  }

  #path(name: string): string {
    return join(this.#options.folder, name);
  }

  #filePath(sha256: string): string {
    return join(this.#options.folder, 'files', sha256);
  }
}

/** Stands for a message that cannot be read any more. */
function damagedRecord(sequence: number, time: number, priority: OutboxRecord['priority']): OutboxRecord {
  return {
    ...{ sequence, id: randomUUID(), part: 'unknown', kind: 'unknown', time, boot: '', uptimeMs: 0, offsetMs: null },
    ...{ priority, payload: null, files: [], lost: 'damaged' },
  };
}
