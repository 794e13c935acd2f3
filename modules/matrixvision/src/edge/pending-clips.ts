import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';

/** A clip that was promised for an event; times in milliseconds since 1970 by the clock of the box. */
export interface PendingClip {
  readonly eventId: string;
  readonly cameraId: string;
  readonly from: number;
  readonly to: number;
  /** What times of the event were moved by, to be by the server’s clock. */
  readonly shiftMs: number;
}

/** Which events still wait for their clip, kept on disk: a box that was killed cuts them out of its recording afterwards. */
export class PendingClips {
  #path: string;
  #pending = new Map<string, PendingClip>();
  #writing: Promise<void> = Promise.resolve();

  /** @param path of a JSON file; one that cannot be read counts as empty, its events stay without a clip. */
  constructor(path: string) {
    this.#path = path;
    try {
      for (const one of JSON.parse(readFileSync(path, 'utf8')) as PendingClip[]) this.#pending.set(one.eventId, one);
    } catch {
      // The first start, or a disk that lost it.
    }
  }

  get(eventId: string): PendingClip | undefined {
    return this.#pending.get(eventId);
  }

  all(): PendingClip[] {
    return [...this.#pending.values()];
  }

  /** On disk when it resolves. */
  add(clips: readonly PendingClip[]): Promise<void> {
    for (const clip of clips) this.#pending.set(clip.eventId, clip);
    return this.#write();
  }

  done(eventIds: readonly string[]): Promise<void> {
    for (const id of eventIds) this.#pending.delete(id);
    return this.#write();
  }

  #write(): Promise<void> {
    this.#writing = this.#writing
      .catch(() => undefined) // Its caller was told.
      .then(async () => {
        await writeFile(`${this.#path}.new`, JSON.stringify(this.all()), { flush: true });
        await rename(`${this.#path}.new`, this.#path);
      });
    return this.#writing;
  }
}
