import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeTimeOf, withDecodeTime } from '../mp4/boxes.ts';
import { dayOf, type Segment, segmentName, unfinishedName } from '../recording/segment-name.ts';
import type { Fragment } from './fragmenter.ts';

/** One file of a recording while it is written: the beginning of an MP4, then fragments, its time starting at zero. */
export class SegmentFile {
  readonly from: number;
  readonly #folder: string;
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #base: bigint;
  #bytes = 0;
  #to: number;
  #fragments = 0;

  private constructor(folder: string, path: string, file: FileHandle, first: Fragment) {
    this.#folder = folder;
    this.#path = path;
    this.#file = file;
    this.#base = decodeTimeOf(first.data);
    this.from = first.time;
    this.#to = first.time;
  }

  static async create(cameraFolder: string, init: Buffer, first: Fragment): Promise<SegmentFile> {
    const folder = join(cameraFolder, dayOf(first.time));
    await mkdir(folder, { recursive: true });
    const path = join(folder, unfinishedName(first.time));
    const segment = new SegmentFile(folder, path, await open(path, 'w'), first);
    try {
      await segment.#append(init);
      return segment;
    } catch (error) {
      await segment.discard();
      throw error;
    }
  }

  async write(fragment: Fragment): Promise<void> {
    await this.#append(withDecodeTime(fragment.data, decodeTimeOf(fragment.data) - this.#base));
    this.#to = Math.max(this.#to, fragment.time + fragment.durationMs);
    this.#fragments += 1;
  }

  /** Whether not one fragment is in it. */
  get isEmpty(): boolean {
    return this.#fragments === 0;
  }

  /** End of the last picture, in milliseconds since 1970. */
  get to(): number {
    return this.#to;
  }

  /** A write that failed half way is taken back, so that the file stays whole. */
  async #append(data: Buffer): Promise<void> {
    try {
      for (let at = 0; at < data.length; ) {
        const { bytesWritten } = await this.#file.write(data, at, data.length - at, this.#bytes + at);
        at += bytesWritten;
      }
    } catch (error) {
      await this.#file.truncate(this.#bytes);
      throw error;
    }
    this.#bytes += data.length;
  }

  /** On the disk for good, under the name that says what it holds. `to`: when the picture after it begins. */
  async finish(to = this.#to): Promise<Segment> {
    try {
      await this.#file.datasync();
    } finally {
      await this.#file.close();
    }
    const facts = { from: this.from, to: Math.max(this.from, to), bytes: this.#bytes };
    const path = join(this.#folder, segmentName(facts));
    await rename(this.#path, path);
    return { ...facts, path };
  }

  async discard(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }
}
