import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { mediaErrors } from '../errors.ts';
import type { ClipResult } from '../wire/commands.ts';
import { type ClipOptions, writeClip } from '../write-clip.ts';
import { appendWhole } from './append-whole.ts';
import { endLine } from './end-line.ts';
import { type Interval, intersect } from './intervals.ts';
import { type LedgerHour, RecordingLedger } from './ledger.ts';
import { repairSegment } from './repair-segment.ts';
import { dayOf, parseSegmentName, parseUnfinishedName, type Segment } from './segment-name.ts';
import { writeError } from './write-error.ts';

/**
 * How long and how much of a camera is kept. Locked spans are kept beyond both, and do not count as bytes: a long lock would
 * else leave no room for anything new.
 */
export interface Retention {
  readonly days?: number;
  readonly bytes?: number;
}

/** A span that is evidence: what it touches is never removed. */
export interface EvidenceLock extends Interval {
  readonly id: string;
}

const dayMs = 86_400_000;
/** A file that was written to so lately may still be in the hands of a process whose parent was killed; it ends by itself. */
const writerMs = 2_000;
/** Such a process is not waited for longer. */
const writerPatienceMs = 10_000;

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * The recording of one camera: a folder of days, each a folder of MP4 files whose names are the index. Nothing else
 * needs to be kept in step with the disk, so it is right after any crash.
 */
export class CameraRecording {
  readonly folder: string;
  readonly ledger: RecordingLedger;
  readonly #days = new Map<string, Segment[]>();
  #locks: EvidenceLock[] = [];
  /** What is being read now. */
  readonly #holds = new Set<Interval>();
  /** Since when pictures go into a file that is not finished yet. */
  writingSince: number | undefined;

  private constructor(folder: string, ledger: RecordingLedger) {
    this.folder = folder;
    this.ledger = ledger;
  }

  /** Reads the index from disk, and finishes what a killed process left unfinished. */
  static async open(folder: string): Promise<CameraRecording> {
    await mkdir(folder, { recursive: true });
    const recording = new CameraRecording(folder, await RecordingLedger.open(join(folder, 'ledger')));
    await endLine(recording.#locksPath);
    await recording.#readLocks();
    const days = (await readdir(folder)).filter((day) => /^\d{4}-\d\d-\d\d$/.test(day)).sort();
    for (const day of days) {
      await leftAlone(join(folder, day));
      await recording.#readDay(day);
    }
    // A killed process may have finished files and not said so.
    for (const day of days.slice(-2)) await recording.#sayWhatIsThere(day);
    return recording;
  }

  async #sayWhatIsThere(day: string): Promise<void> {
    const segments = this.#days.get(day) ?? [];
    const [first, last] = [segments[0], segments.at(-1)];
    if (!first || !last) return;
    for (const stretch of await this.ledger.unsaid({ from: first.from, to: last.to }))
      for (const said of intersect(segments, [stretch])) await this.ledger.recorded(said);
  }

  async #readDay(day: string): Promise<void> {
    const folder = join(this.folder, day);
    const segments: Segment[] = [];
    for (const name of await readdir(folder)) {
      const facts = parseSegmentName(name);
      if (facts) segments.push({ ...facts, path: join(folder, name) });
      const begun = parseUnfinishedName(name);
      // What cannot be finished now (rights, a failing disk) is left for the next time.
      const repaired =
        begun === undefined ? undefined : await repairSegment(join(folder, name), begun).catch(() => undefined);
      if (!repaired) continue;
      segments.push(repaired);
      await this.ledger.recorded(repaired);
    }
    this.#days.set(
      day,
      segments.sort((a, b) => a.from - b.from),
    );
  }

  /** Finishes what a crashed process was writing, while this one runs on; returns what was saved. */
  async finishUnfinished(): Promise<Segment[]> {
    const known = new Set(this.segments().map(({ path }) => path));
    const now = Date.now();
    for (const day of new Set([dayOf(now - dayMs), dayOf(now)]))
      if (await isFolder(join(this.folder, day))) await this.#readDay(day);
    return this.segments().filter(({ path }) => !known.has(path));
  }

  /** A segment that the camera's process has finished. */
  async add(segment: Segment): Promise<void> {
    const day = dayOf(segment.from);
    const segments = this.#days.get(day) ?? [];
    segments.push(segment);
    this.#days.set(day, segments);
    await this.ledger.recorded(segment);
  }

  /** Segments that touch the interval, oldest first. */
  segments({ from, to }: Interval = { from: 0, to: Number.MAX_SAFE_INTEGER }): Segment[] {
    const first = from > dayMs ? dayOf(from - dayMs) : '';
    return [...this.#days]
      .filter(([day]) => day >= first)
      .flatMap(([, segments]) => segments.filter((segment) => segment.from < to && segment.to > from))
      .sort((a, b) => a.from - b.from);
  }

  get bytes(): number {
    return [...this.#days.values()].flat().reduce((sum, segment) => sum + segment.bytes, 0);
  }

  /** Keeps what was recorded in the span until the hold is let go of: somebody is about to read it. Returns how to let go. */
  hold({ from, to }: Interval): () => void {
    const hold = { from, to };
    this.#holds.add(hold);
    return () => void this.#holds.delete(hold);
  }

  /** Writes what was recorded in the interval as one MP4; see `writeClip`. */
  async clip(options: Interval & Omit<ClipOptions, 'sources' | 'from' | 'to'>): Promise<ClipResult> {
    const { from, to } = options;
    const segments = this.segments({ from, to });
    if (segments.length === 0) {
      const [begin, end] = [from, to].map((time) => new Date(time).toISOString());
      throw mediaErrors.MEDIA_CLIP_EMPTY({ source: this.folder, from: begin!, to: end! });
    }
    const sources = segments.map(({ path, from: startTime, to: endTime }) => ({ path, startTime, endTime }));
    const letGo = this.hold({ from, to });
    try {
      return await writeClip({ ...options, sources });
    } finally {
      letGo();
    }
  }

  hours(interval: Interval, now = Date.now()): Promise<LedgerHour[]> {
    return this.ledger.hours(interval, now);
  }

  get locks(): readonly EvidenceLock[] {
    return this.#locks;
  }

  /**
   * Keeps what was recorded, or will be, in the span until `unlock`. On disk when it resolves; rejects with MEDIA_DISK_FULL
   * or MEDIA_WRITE_FAILED where that cannot be.
   */
  async lock(lock: EvidenceLock): Promise<void> {
    const before = this.#locks;
    this.#locks = [...before.filter(({ id }) => id !== lock.id), lock];
    try {
      await appendWhole(this.#locksPath, `${JSON.stringify(lock)}\n`);
    } catch (error) {
      this.#locks = this.#locks.filter((one) => one !== lock);
      throw writeError(error, this.#locksPath);
    }
  }

  async unlock(id: string): Promise<void> {
    const left = this.#locks.filter((lock) => lock.id !== id);
    const text = left.map((lock) => `${JSON.stringify(lock)}\n`).join('');
    try {
      await writeFile(`${this.#locksPath}.new`, text, { flush: true });
      await rename(`${this.#locksPath}.new`, this.#locksPath);
    } catch (error) {
      await rm(`${this.#locksPath}.new`, { force: true });
      throw writeError(error, this.#locksPath);
    }
    this.#locks = this.#locks.filter((lock) => lock.id !== id);
  }

  get #locksPath(): string {
    return join(this.folder, 'locks.jsonl');
  }

  async #readLocks(): Promise<void> {
    const text = await readFile(this.#locksPath, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const byId = new Map<string, EvidenceLock>();
    // A last line that a crash cut off was never confirmed.
    for (const line of text.split('\n'))
      if (line.endsWith('}')) {
        const lock = JSON.parse(line) as EvidenceLock;
        byId.set(lock.id, lock);
      }
    this.#locks = [...byId.values()];
  }

  /** Removes the oldest that is neither locked nor to be kept; returns what was removed. */
  async applyRetention({ days, bytes }: Retention, now = Date.now()): Promise<Segment[]> {
    const oldest = days === undefined ? Number.NEGATIVE_INFINITY : now - days * dayMs;
    let total = bytes === undefined ? 0 : this.#bytesNotLocked();
    const removed: Segment[] = [];
    let failure: unknown;
    for (const segment of this.#oldestFirst()) {
      const tooOld = segment.to < oldest;
      const tooMuch = bytes !== undefined && total > bytes;
      if (!tooOld && !tooMuch) break;
      if (this.#isLocked(segment) || touches(segment, this.#holds)) continue;
      try {
        await rm(segment.path, { force: true });
      } catch (error) {
        // One file that cannot be removed must not keep all the others.
        failure ??= error;
        continue;
      }
      total -= segment.bytes;
      removed.push(segment);
    }
    await this.#forget(removed);
    if (failure !== undefined) throw failure;
    return removed;
  }

  /** Without putting all of weeks in order, of which the first few are wanted. */
  *#oldestFirst(): Generator<Segment> {
    for (const day of [...this.#days.keys()].sort())
      yield* [...(this.#days.get(day) ?? [])].sort((a, b) => a.from - b.from);
  }

  #bytesNotLocked(): number {
    let sum = 0;
    for (const segments of this.#days.values())
      for (const segment of segments) if (!this.#isLocked(segment)) sum += segment.bytes;
    return sum;
  }

  #isLocked(segment: Segment): boolean {
    return touches(segment, this.#locks);
  }

  async #forget(removed: readonly Segment[]): Promise<void> {
    const gone = new Set(removed);
    for (const day of new Set(removed.map(({ from }) => dayOf(from)))) {
      const left = this.#days.get(day)!.filter((segment) => !gone.has(segment));
      if (left.length > 0) this.#days.set(day, left);
      else {
        this.#days.delete(day);
        await rm(join(this.folder, day), { recursive: true, force: true });
      }
    }
  }
}

function touches(segment: Segment, spans: Iterable<Interval>): boolean {
  for (const { from, to } of spans) if (segment.from < to && segment.to > from) return true;
  return false;
}

/** Waits until nobody writes into the folder any more: a process ends soon after its parent was killed. */
async function leftAlone(folder: string): Promise<void> {
  for (const since = performance.now(); performance.now() - since < writerPatienceMs; await setTimeout(100)) {
    const unfinished = (await readdir(folder)).filter((name) => parseUnfinishedName(name) !== undefined);
    const ages = await Promise.all(
      unfinished.map((name) =>
        stat(join(folder, name)).then(
          ({ mtimeMs }) => Date.now() - mtimeMs,
          // Finished, and renamed.
          () => Number.POSITIVE_INFINITY,
        ),
      ),
    );
    if (!ages.some((age) => age >= 0 && age < writerMs)) return;
  }
}
