import { statfs } from 'node:fs/promises';
import { isFull } from '../recording/is-full.ts';
import type { Segment } from '../recording/segment-name.ts';
import type { RecordSettings } from '../wire/commands.ts';
import { failureOf, MediaFailure } from './failure.ts';
import type { Fragment } from './fragmenter.ts';
import { SegmentFile } from './segment-file.ts';

export interface RecorderEvents {
  started(from: number): void;
  segment(segment: Segment): void;
  /** Nothing is written any more, since `at`; with a failure when that was not wished. */
  stopped(at: number, failure?: MediaFailure): void;
}

/** After a failed write the disk is tried again not before so long. */
const retryMs = 5000;
/** What waits for a disk that hangs (a network share), and what is held for a pre-roll, must not fill the memory. */
const mostHeldBytes = 64 << 20;
/** The clock of the machine or of the camera was set back by so much: the file would never end. */
const setBackMs = 5000;

/**
 * Writes fragments into segments, always or around events. Keeps the last fragments in memory, from a key frame on, so
 * that a recording begins before the event that asked for it.
 */
export class Recorder {
  readonly #events: RecorderEvents;
  #settings: RecordSettings = { mode: 'off', folder: '', segmentMs: 10_000, preRollMs: 0, reserveBytes: 0 };
  #ring: Fragment[] = [];
  #file: SegmentFile | undefined;
  #wantedUntil = 0;
  /** By the clock that nobody sets. */
  #retryAt = 0;
  /** What is wanted cannot be written now. */
  #failing = false;
  #work: Promise<void> = Promise.resolve();
  #ringBytes = 0;
  #waitingBytes = 0;
  /** Pictures were left out, since the disk does not keep up: the file ends here, and another begins with a key frame. */
  #overrun = false;

  constructor(events: RecorderEvents) {
    this.#events = events;
  }

  set settings(settings: RecordSettings) {
    this.#settings = settings;
    this.#retryAt = 0;
  }

  get active(): boolean {
    return this.#settings.mode !== 'off';
  }

  /** An event: records from the pre-roll on until `time` (capture time). */
  keepUntil(time: number): void {
    this.#wantedUntil = Math.max(this.#wantedUntil, time);
  }

  /** The fragments since the last key frame: what a new viewer begins with. */
  sinceKey(): readonly Fragment[] {
    const key = this.#ring.findLastIndex((fragment) => fragment.key);
    return key === -1 ? [] : this.#ring.slice(key);
  }

  /** Takes the next fragment; the writing itself happens behind, in order. */
  take(fragment: Fragment, init: Buffer): void {
    this.#ring.push(fragment);
    this.#ringBytes += fragment.data.length;
    if (this.#waitingBytes > mostHeldBytes) this.#overrun = true;
    else {
      this.#waitingBytes += fragment.data.length;
      this.#work = this.#work
        .then(() => this.#write(fragment, init))
        .finally(() => {
          this.#waitingBytes -= fragment.data.length;
        });
    }
    this.#trim(fragment.time);
  }

  #trim(now: number): void {
    const oldest = now - this.#settings.preRollMs;
    // The ring begins with a key frame, at or before the pre-roll.
    const keep = this.#ring.findLastIndex(({ key, time }) => key && time <= oldest);
    if (keep > 0) this.#drop(keep);
    if (this.#ringBytes <= mostHeldBytes) return;
    // A pre-roll of 8K for a minute, or a camera that sends a key frame once and never again: the newest must do.
    const newest = this.#ring.findLastIndex(({ key }) => key);
    this.#drop(newest > 0 ? newest : this.#ring.length);
  }

  #drop(count: number): void {
    for (const { data } of this.#ring.slice(0, count)) this.#ringBytes -= data.length;
    this.#ring = this.#ring.slice(count);
  }

  #isWanted(time: number): boolean {
    return this.#settings.mode === 'continuous' || (this.#settings.mode === 'event' && time <= this.#wantedUntil);
  }

  async #write(fragment: Fragment, init: Buffer): Promise<void> {
    try {
      if (this.#overrun) {
        this.#overrun = false;
        const reason = 'the disk does not keep up';
        if (this.#file) throw new MediaFailure('MEDIA_WRITE_FAILED', { path: this.#settings.folder, reason });
      }
      if (!this.#isWanted(fragment.time)) return await this.#stop(fragment.time);
      if (this.#file && fragment.time < this.#file.to - setBackMs) await this.#finish();
      if (this.#file) await this.#continue(this.#file, fragment, init);
      else await this.#start(fragment, init);
    } catch (error) {
      await this.#fail(error, fragment.time);
    }
  }

  async #start(fragment: Fragment, init: Buffer): Promise<void> {
    if (performance.now() < this.#retryAt) return;
    const before = this.#settings.mode === 'event' ? this.#preRoll(fragment) : fragment.key ? [fragment] : [];
    const [first] = before;
    if (!first) return;
    await this.#checkRoom();
    this.#file = await SegmentFile.create(this.#settings.folder, init, first);
    for (const each of before) await this.#file.write(each);
    this.#failing = false;
    this.#events.started(first.time);
  }

  /** What the ring holds up to and with `fragment`, not before what an earlier event already kept. */
  #preRoll(fragment: Fragment): Fragment[] {
    const held = this.#ring.slice(0, this.#ring.indexOf(fragment) + 1);
    const fresh = held.findIndex(({ key, time }) => key && time >= this.#keptTo);
    // An event soon after another may share its group of pictures; better some of them twice than its beginning not at all.
    const from = fresh === -1 ? held.findLastIndex(({ key }) => key) : fresh;
    // Dropped meanwhile, since too much was held: it begins with the next key frame.
    if (held.at(-1) !== fragment) return [];
    return from === -1 ? [] : held.slice(from);
  }

  #keptTo = 0;

  async #continue(file: SegmentFile, fragment: Fragment, init: Buffer): Promise<void> {
    if (!fragment.key || fragment.time - file.from < this.#settings.segmentMs) return file.write(fragment);
    await this.#finish(fragment.time);
    await this.#checkRoom();
    this.#file = await SegmentFile.create(this.#settings.folder, init, fragment);
    await this.#file.write(fragment);
  }

  async #checkRoom(): Promise<void> {
    const { folder, reserveBytes } = this.#settings;
    if (reserveBytes === 0) return;
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < reserveBytes) throw new MediaFailure('MEDIA_DISK_FULL', { path: folder });
  }

  async #finish(to?: number): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    if (!file) return;
    // The disk took the beginning of the file and then nothing more: nobody could play it.
    if (file.isEmpty) return file.discard();
    const segment = await file.finish(to);
    this.#keptTo = segment.to;
    this.#events.segment(segment);
  }

  async #stop(at: number): Promise<void> {
    if (!this.#file && !this.#failing) return;
    this.#failing = false;
    await this.#finish(at);
    this.#events.stopped(at);
  }

  async #fail(error: unknown, at: number): Promise<void> {
    this.#retryAt = performance.now() + retryMs;
    this.#failing = true;
    const failure = writeFailureOf(error, this.#settings.folder);
    try {
      await this.#finish();
    } catch (second) {
      // The disk that refused the pictures refuses the end of the file as well: it is repaired when there is room.
      this.#file = undefined;
      if (failureOf(second, this.#settings.folder).code === failure.failure.code) this.#keptTo = at;
    }
    this.#events.stopped(at, failure);
  }

  /** Writes down what is there; at the end of the stream. */
  async close(): Promise<void> {
    this.#work = this.#work.then(() => this.#finish()).catch((error) => this.#fail(error, Date.now()));
    await this.#work;
  }
}

function writeFailureOf(error: unknown, path: string): MediaFailure {
  if (error instanceof MediaFailure) return error;
  if (isFull(error)) return new MediaFailure('MEDIA_DISK_FULL', { path });
  const { code } = error as NodeJS.ErrnoException;
  return new MediaFailure('MEDIA_WRITE_FAILED', { path, reason: code ?? String(error) });
}
