import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isMillwrightError, type Logger } from '@millwright/kernel';
import type { CameraRecording } from '@millwright/media';
import type { ClipMade } from './watched-camera.ts';

export interface ClipMakerParts {
  readonly recording: CameraRecording;
  /** Folder that clips lie in until they are taken. */
  readonly folder: string;
  readonly preMs: number;
  readonly postMs: number;
  readonly logger: Logger;
  made(clip: ClipMade): void;
}

interface Wanted {
  readonly eventIds: string[];
  readonly from: number;
  to: number;
  /** Then what is there is taken, whatever is missing. */
  deadline: number;
  /** What was recorded is kept until the clip is made, however short the recording is kept. */
  letGo(): void;
}

/** Longest time until what was recorded is in a finished file: one file's length, and some for writing it. */
const segmentPatienceMs = 15_000;
/** Events this near share a clip: a thousand in a minute are not a thousand copies of the same pictures. */
const longestClipMs = 60_000;

/** What the clip of an event is to show; times in milliseconds since 1970. */
export function clipSpan(
  { at, since = at }: { readonly at: number; readonly since?: number },
  { preMs, postMs }: { readonly preMs: number; readonly postMs: number },
): { from: number; to: number } {
  return { from: Math.max(Math.min(since, at), at - longestClipMs / 2) - preMs, to: at + postMs };
}

/** Cuts the clip of each event out of the recording, as soon as the recording has come so far. */
export class ClipMaker {
  #parts: ClipMakerParts;
  #wanted: Wanted[] = [];
  #recordedTo = 0;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();

  constructor(parts: ClipMakerParts) {
    this.#parts = parts;
  }

  /** @param at time of the event, milliseconds since 1970. */
  want(eventId: string, at: number, since = at): void {
    const { from, to } = clipSpan({ at, since }, this.#parts);
    const shared = this.#wanted.find((one) => from >= one.from && to - one.from <= longestClipMs);
    if (shared) {
      shared.eventIds.push(eventId);
      shared.to = Math.max(shared.to, to);
      shared.deadline = shared.to + segmentPatienceMs;
    } else {
      const letGo = this.#parts.recording.hold({ from, to: Math.max(to, from + longestClipMs) });
      this.#wanted.push({ eventIds: [eventId], from, to, deadline: to + segmentPatienceMs, letGo });
    }
    this.#timer ??= setInterval(() => this.#look(), 1_000);
  }

  /** A file of the recording is finished, up to a time. */
  recorded(to: number): void {
    this.#recordedTo = Math.max(this.#recordedTo, to);
    this.#look();
  }

  /** Makes what is waiting of what there is. */
  async close(): Promise<void> {
    for (const one of this.#wanted) one.deadline = Number.NEGATIVE_INFINITY;
    this.#look();
    clearInterval(this.#timer);
    await this.#working;
  }

  #look(): void {
    const now = Date.now();
    const due = this.#wanted.filter(({ to, deadline }) => to <= this.#recordedTo || deadline <= now);
    if (due.length === 0) return;
    this.#wanted = this.#wanted.filter((one) => !due.includes(one));
    if (this.#wanted.length === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    // One after the other: each is a process.
    for (const one of due) this.#working = this.#working.then(() => this.#make(one));
  }

  async #make({ eventIds, from, to, letGo }: Wanted): Promise<void> {
    const { recording, folder, made, logger } = this.#parts;
    const path = join(folder, `${randomUUID()}.mp4`);
    try {
      await mkdir(folder, { recursive: true });
      await recording.clip({ from, to, out: path });
      made({ eventIds, path, from, to });
    } catch (error) {
      await rm(path, { force: true });
      if (!isMillwrightError(error)) logger.error({ err: error }, 'a clip was not made');
      made({ eventIds, code: isMillwrightError(error) ? error.code : 'INTERNAL', from, to });
    } finally {
      letGo();
    }
  }
}
