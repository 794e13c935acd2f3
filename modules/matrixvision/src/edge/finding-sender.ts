import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EdgeContext, EdgeSendOptions } from '@millwright/cloud';
import { clipSpan } from '../runtime/clip-maker.ts';
import type { ClipMade, WatchedCamera, WatchReport } from '../runtime/watched-camera.ts';
import { PendingClips } from './pending-clips.ts';
import { RunShifts } from './run-shifts.ts';
import { shiftedChunk, shiftedEvent } from './shift-times.ts';

type Finding = Extract<WatchReport, { type: 'found' | 'chunk' | 'clip' }>;

type SenderContext = Pick<EdgeContext, 'folder' | 'logger' | 'send' | 'clockOffsetMs'>;

/**
 * Hands over what the cameras of a box find, one after the other: what was found first arrives first. Clips give way first
 * when the disk is full, since a day of them weighs more than a year of events. Where the box’s clock is off, times are
 * moved to the server’s, the same for all of a run: its events are proved by its tracks.
 */
export class FindingSender {
  #context: SenderContext;
  #pending: PendingClips;
  /** Events whose clips a process before this one did not get to. */
  readonly left: ReturnType<PendingClips['all']>;
  #shifts: RunShifts;
  #sending: Promise<void> = Promise.resolve();
  #unsent = 0;

  constructor(context: SenderContext) {
    this.#context = context;
    this.#pending = new PendingClips(join(context.folder, 'pending-clips.json'));
    this.left = this.#pending.all();
    this.#shifts = new RunShifts(() => this.#offset());
    // What a killed process had written and not handed over: whole or not, nobody was promised it.
    this.#do(() => rm(this.#outgoing, { recursive: true, force: true }));
  }

  /** How many findings are not on their way yet. */
  get unsent(): number {
    return this.#unsent;
  }

  /** Resolves when all that was taken is handed over. */
  get settled(): Promise<void> {
    return this.#sending;
  }

  /** @param recording of the camera, if it records: then a clip is promised with each event. */
  take(cameraId: string, report: Finding, recording: WatchedCamera['recording']): void {
    switch (report.type) {
      case 'found':
        this.#do(() => this.#found(cameraId, report, recording));
        return;
      case 'chunk': {
        const { runId, ruleVersion, chunk } = report;
        this.#do(() => {
          const shift = this.#shifts.of(cameraId, runId);
          const { bytes, ...facts } = shift === 0 ? chunk : shiftedChunk(chunk, shift);
          const payload = { cameraId, runId, ruleVersion, ...facts };
          return this.#withFiles({ 'tracks.mwt': bytes }, 'chunk', payload, { time: chunk.to });
        });
        return;
      }
      case 'clip':
        this.clip(cameraId, report.clip);
    }
  }

  clip(cameraId: string, { path, from, to, ...clip }: ClipMade): void {
    this.#do(async () => {
      const files = path ? [{ path, name: 'clip.mp4' }] : [];
      const shift = this.#pending.get(clip.eventIds[0] ?? '')?.shiftMs ?? 0;
      const payload = { cameraId, ...clip, from: from + shift, to: to + shift };
      await this.#context.send('clip', payload, { files, time: to, priority: 'bulk' });
      await this.#pending.done(clip.eventIds);
      if (path) await rm(path, { force: true });
    });
  }

  get #outgoing(): string {
    return join(this.#context.folder, 'outgoing');
  }

  async #found(
    cameraId: string,
    { runId, ruleVersion, events, picture, covered, detector }: Extract<WatchReport, { type: 'found' }>,
    recording: WatchedCamera['recording'],
  ): Promise<void> {
    const shift = this.#shifts.of(cameraId, runId);
    // Before the event: should the box be killed in between, a clip without its event harms nobody.
    if (recording)
      await this.#pending.add(
        events.map(({ id, event }) => ({ eventId: id, cameraId, ...clipSpan(event, recording), shiftMs: shift })),
      );
    const files = { 'picture.jpg': picture, 'picture-covered.jpg': covered };
    const time = events[0]?.event.at;
    const moved = shift === 0 ? events : events.map((event) => shiftedEvent(event, shift));
    const payload = { cameraId, runId, ruleVersion, events: moved, detector };
    await this.#withFiles(files, 'found', payload, time === undefined ? {} : { time });
  }

  async #withFiles(
    contents: Readonly<Record<string, Uint8Array | undefined>>,
    kind: string,
    payload: object,
    options: EdgeSendOptions,
  ): Promise<void> {
    await mkdir(this.#outgoing, { recursive: true });
    const files: { path: string; name: string }[] = [];
    for (const [name, bytes] of Object.entries(contents)) {
      if (!bytes) continue;
      const path = join(this.#outgoing, randomUUID());
      await writeFile(path, bytes);
      files.push({ path, name });
    }
    await this.#context.send(kind, payload, { ...options, files });
    for (const { path } of files) await rm(path, { force: true });
  }

  #offset(): number {
    const offset = this.#context.clockOffsetMs() ?? 0;
    if (offset !== 0) this.#context.logger.info({ offset }, 'how far the clock of this box is off');
    return offset;
  }

  #do(work: () => Promise<void>): void {
    this.#unsent += 1;
    this.#sending = this.#sending
      .then(work)
      .catch((error: unknown) => this.#context.logger.error({ err: error }, 'what a camera found was not handed over'))
      .finally(() => {
        this.#unsent -= 1;
      });
  }
}
