import type { Logger } from '@millwright/kernel';
import type { CameraRecording, Retention } from '../recording/camera-recording.ts';
import { connecting } from '../recording/ledger.ts';
import type { Segment } from '../recording/segment-name.ts';

/** A loss is written down as it goes on, so that a killed process knew all but the last stretch. */
const noteEveryMs = 10_000;
const retentionEveryMs = 60_000;
/** The machine's clock was set back by so much: what was said up to then must not cover what comes. */
const setBackMs = 5_000;
/** So much later than it was captured a picture may come, on a machine that is very busy. */
const latestMs = 5_000;

/** Keeps the ledger of one camera true while it runs, and the recording within its bounds. */
export class RecordingKeeper {
  readonly #recording: CameraRecording;
  readonly #retention: Retention;
  readonly #logger: Logger | undefined;
  readonly #timer: NodeJS.Timeout;
  /** Set while pictures are expected and not written. */
  #loss: { from: number; reason: string } | undefined;
  #recordedTo = 0;
  #nextRetention = 0;
  #lastTick = 0;
  #ledgerFails = false;
  #work: Promise<void> = Promise.resolve();

  constructor(recording: CameraRecording, retention: Retention, logger: Logger | undefined) {
    this.#recording = recording;
    this.#retention = retention;
    this.#logger = logger;
    this.#timer = setInterval(() => this.#tick(Date.now()), noteEveryMs);
    this.#timer.unref();
  }

  /** From now on pictures are expected. */
  expect(at: number): void {
    this.#recordedTo = Math.max(this.#recordedTo, at);
    this.#do(() => this.#recording.ledger.expectFrom(at));
  }

  unexpect(at: number): void {
    this.#endLoss(at);
    this.#do(() => this.#recording.ledger.expectUntil(at));
  }

  /** A camera that is always recorded is being connected to. */
  begin(at: number): void {
    this.expect(at);
    this.#loss = { from: at, reason: connecting };
  }

  /** The camera is closed: what was captured last has been written, and what the stream is late is no loss. */
  end(at: number): void {
    const wasLost = this.#loss !== undefined;
    this.#endLoss(at);
    this.#do(() => {
      const isLate = !wasLost && at - this.#recordedTo < latestMs;
      return this.#recording.ledger.expectUntil(isLate ? Math.min(at, this.#recordedTo) : at);
    });
  }

  /** Only events are recorded, and none is: one that a killed process was recording ended with what there is of it. */
  expectNothing(): void {
    this.#do(async () => {
      const last = this.#recording.segments().at(-1);
      await this.#recording.ledger.expectUntil(last?.to ?? Date.now());
    });
  }

  started(at: number): void {
    this.#endLoss(at);
    this.#writes(() => at);
  }

  segment(segment: Segment): void {
    this.#recordedTo = Math.max(this.#recordedTo, segment.to);
    this.#do(() => this.#recording.add(segment));
    this.#writes((since) => since && segment.to);
    this.#tick(Date.now());
  }

  stopped(): void {
    this.#writes(() => undefined);
  }

  /** In its turn: what is said to be written already must stand in the ledger. */
  #writes(since: (before: number | undefined) => number | undefined): void {
    this.#do(async () => {
      this.#recording.writingSince = since(this.#recording.writingSince);
    });
  }

  /** Nothing is written any more, for `reason`: the code of an error. */
  lost(reason: string): void {
    this.stopped();
    if (this.#loss?.reason === connecting) {
      this.#noteLoss(Date.now());
      this.#loss = { from: this.#loss.from, reason };
    }
    this.#loss ??= { from: this.#recordedTo, reason };
  }

  /** Nothing is written any more of an event that was wanted until then; what comes after it is not expected. */
  lostEvent(until: number): void {
    const loss = this.#loss;
    this.#loss = undefined;
    this.#do(async () => {
      const { ledger } = this.#recording;
      if (!ledger.expecting) return;
      const [from, to] = [this.#recordedTo, Math.max(this.#recordedTo, until)];
      if (loss && to > from) await ledger.lost({ from, to }, loss.reason);
      await ledger.expectUntil(to);
    });
  }

  #endLoss(at: number): void {
    this.#noteLoss(at);
    this.#loss = undefined;
  }

  #noteLoss(to: number): void {
    const loss = this.#loss;
    if (!loss || to <= loss.from) return;
    this.#loss = { from: to, reason: loss.reason };
    this.#do(async () => {
      const { ledger } = this.#recording;
      if (ledger.expecting) await ledger.lost({ from: loss.from, to }, loss.reason);
    });
  }

  /** After the camera's process ended, however it did: what it left unfinished is finished for it. */
  repair(): void {
    this.#do(async () => {
      for (const segment of await this.#recording.finishUnfinished())
        this.#recordedTo = Math.max(this.#recordedTo, segment.to);
    });
  }

  #tick(now: number): void {
    if (now < this.#lastTick - setBackMs) this.#setBack(this.#lastTick, now);
    this.#lastTick = now;
    this.#noteLoss(now);
    if (now < this.#nextRetention) return;
    this.#nextRetention = now + retentionEveryMs;
    this.#do(async () => {
      await this.#recording.applyRetention(this.#retention, now);
    });
  }

  /** What was expected ends when the old clock stood still, and begins anew on the new one. */
  #setBack(before: number, now: number): void {
    const { ledger } = this.#recording;
    this.#recordedTo = Math.min(this.#recordedTo, now);
    this.#nextRetention = 0;
    if (this.#loss) this.#loss = { from: now, reason: this.#loss.reason };
    this.#writes((since) => since && Math.min(since, now));
    this.#do(async () => {
      if (!ledger.expecting) return;
      await ledger.expectUntil(before);
      await ledger.expectFrom(now);
    });
  }

  #do(work: () => Promise<void>): void {
    const { folder, ledger } = this.#recording;
    this.#work = this.#work
      .then(work)
      .catch((error) => this.#logger?.error({ error, folder }, 'the recording ledger'))
      .then(() => {
        // Once for each time, not for each line.
        if (ledger.failure && !this.#ledgerFails)
          this.#logger?.error({ error: ledger.failure, folder }, 'the recording ledger waits until it can be written');
        this.#ledgerFails = ledger.failure !== undefined;
      });
  }

  async close(at: number): Promise<void> {
    clearInterval(this.#timer);
    this.#noteLoss(at);
    this.stopped();
    await this.#work;
  }
}
