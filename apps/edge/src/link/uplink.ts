import { stat } from 'node:fs/promises';
import type { EdgeBatch, EdgeMessage, EdgeReceipt } from '@millwright/cloud';
import { Backoff, isMillwrightError, type Logger, sleep } from '@millwright/kernel';
import type { Outbox } from '../outbox/outbox.ts';
import type { OutboxRecord } from '../outbox/record.ts';
import type { MqttUplink } from './mqtt-uplink.ts';
import type { ServerApi } from './server-api.ts';
import type { ServerClock } from './server-clock.ts';

const mostMessages = 200;
const mostBytes = 512 * 1024;
/** Small enough for the body limits of common proxies, large enough not to wait for many answers. */
const pieceBytes = 4 * 1024 * 1024;

/** How long files are sent before the messages that have theirs go. */
const patienceMs = 200;

/** Sends what waits, oldest first, one batch at a time, for as long as it takes. */
export class Uplink {
  #outbox: Outbox;
  #api: ServerApi;
  #clock: ServerClock;
  #logger: Logger;
  #signal: AbortSignal;
  #backoff: Backoff;
  /** Set while a broker is in use. */
  mqtt: MqttUplink | undefined;
  /** Files that are at the server already, so that a batch sent again does not ask again. */
  #uploaded = new Set<string>();

  constructor(options: {
    outbox: Outbox;
    api: ServerApi;
    clock: ServerClock;
    logger: Logger;
    signal: AbortSignal;
    retryMs: { readonly first: number; readonly most: number };
  }) {
    this.#outbox = options.outbox;
    this.#api = options.api;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#signal = options.signal;
    this.#backoff = new Backoff({ firstMs: options.retryMs.first, ceilingMs: options.retryMs.most });
  }

  async run(): Promise<void> {
    let trouble = '';
    while (!this.#signal.aborted) {
      await this.#outbox.waiting(this.#signal);
      if (this.#signal.aborted) return;
      try {
        const isForward = await this.#sendSome();
        trouble = '';
        if (isForward) this.#backoff.reset();
        else await sleep(this.#backoff.next(), this.#signal);
      } catch (error) {
        if (this.#signal.aborted) return;
        const code = isMillwrightError(error) ? error.code : String(error);
        if (code !== trouble) this.#logger.warn({ err: error }, 'messages wait; they are sent as soon as it goes');
        trouble = code;
        await sleep(this.#backoff.next(), this.#signal);
      }
    }
  }

  /** False when the server took nothing and it is better to wait. */
  async #sendSome(): Promise<boolean> {
    const records = await this.#outbox.read(mostMessages, mostBytes);
    if (records.length === 0) return true;
    // Else what happened while the box was alone would go out with a time nobody has checked.
    if (!this.#clock.isCompared) await this.#api.compareClocks();
    const ready = await this.#readyOf(records);
    const messages = records.slice(0, ready).map((record) => this.#messageOf(record));
    const batch: EdgeBatch = { stream: this.#outbox.stream, first: this.#outbox.first, messages };
    const receipt = await this.#deliver(batch);
    const before = messages[0]!.sequence - 1;
    await this.#outbox.acknowledge(receipt.stream, receipt.applied);
    for (const sha256 of receipt.missing) this.#uploaded.delete(sha256);
    for (const { blobs } of messages.slice(0, Math.max(0, receipt.applied - before)))
      for (const { sha256 } of blobs) this.#uploaded.delete(sha256);
    return receipt.applied > before;
  }

  /** How many of the oldest messages have their files at the server: the first at least, more as long as it goes quickly. */
  async #readyOf(records: readonly OutboxRecord[]): Promise<number> {
    const since = this.#clock.uptimeMs();
    for (const [at, record] of records.entries()) {
      const pending = this.#pending(record);
      // A long clip holds up only what comes after it.
      if (at > 0 && pending.length > 0 && this.#clock.uptimeMs() - since > patienceMs) return at;
      for (const sha256 of pending) await this.#upload(sha256);
    }
    return records.length;
  }

  async #deliver(batch: EdgeBatch): Promise<EdgeReceipt> {
    if (this.mqtt?.isConnected) {
      const receipt = await this.mqtt.send(batch);
      if (receipt) return receipt;
      this.#logger.info({}, 'no receipt by way of the broker; sending over HTTP');
    }
    return this.#api.messages(batch);
  }

  #pending({ files }: OutboxRecord): string[] {
    const hashes = files.map(({ sha256 }) => sha256);
    return [...new Set(hashes)].filter((hash) => !this.#uploaded.has(hash) && this.#outbox.filePath(hash));
  }

  /** Goes on where the server has got to, whatever broke off before. */
  async #upload(sha256: string): Promise<void> {
    const path = this.#outbox.filePath(sha256);
    const size =
      path === undefined
        ? undefined
        : await stat(path).then(
            (facts) => facts.size,
            () => undefined,
          );
    // Dropped by the disk budget meanwhile.
    if (path === undefined || size === undefined) return;
    let state = await this.#api.uploadState(sha256);
    while (!state.complete && !this.#signal.aborted) {
      const piece = { offset: state.have, length: Math.min(pieceBytes, size - state.have), size };
      try {
        state = await this.#api.upload(sha256, path, piece);
      } catch (error) {
        if (!isMillwrightError(error)) throw error;
        if (error.code === 'EDGE_BLOB_OFFSET_WRONG') state = await this.#api.uploadState(sha256);
        else if (error.code === 'EDGE_BLOB_HASH_WRONG') return this.#outbox.dropDamaged(sha256);
        else throw error;
      }
    }
    this.#uploaded.add(sha256);
  }

  #messageOf(record: OutboxRecord): EdgeMessage {
    const { sequence, id, part, kind, time, payload, files, lost } = record;
    const blobs = files.filter(({ sha256 }) => this.#uploaded.has(sha256));
    const dropped = files.filter(({ sha256 }) => !this.#uploaded.has(sha256));
    return {
      ...{ sequence, id, part, kind, time, ...this.#clock.place(record), payload, blobs },
      ...(lost && { lost }),
      ...(dropped.length > 0 && { dropped }),
    };
  }
}
