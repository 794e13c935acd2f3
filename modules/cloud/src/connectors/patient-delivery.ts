import type { Clock, Logger } from '@millwright/kernel';
import { Backoff, type BackoffOptions, sleep } from '@millwright/kernel';
import type { AnnouncedPoint, ConnectorSink, Reading, Rejection } from './connector.ts';
import { connectorNotes } from './connector-notes.ts';

/** Readings kept while the database is away: at 1,000 values a second over three minutes, about 20 MB. */
const defaultCapacity = 200_000;
/** Readings in one delivery. */
const batchSize = 10_000;

/**
 * Delivery for sources that cannot be asked to send again (polls, subscriptions): readings wait in memory until the
 * sink takes them, in order, and are tried again while the database is away. When the memory set aside is full the
 * newest are given up, and recorded as rejected as soon as that is possible.
 */
export class PatientDelivery {
  #sink: ConnectorSink;
  #clock: Clock;
  #logger: Logger;
  #capacity: number;
  #backoff: Backoff;
  #abort = new AbortController();
  #points: AnnouncedPoint[] = [];
  #readings: Reading[] = [];
  #rejections: Rejection[] = [];
  #overflow = { count: 0, first: 0, last: 0 };
  #running: Promise<void> | undefined;

  constructor(options: {
    sink: ConnectorSink;
    clock: Clock;
    logger: Logger;
    capacity?: number;
    backoff?: BackoffOptions;
  }) {
    this.#sink = options.sink;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#capacity = options.capacity ?? defaultCapacity;
    this.#backoff = new Backoff(options.backoff ?? { firstMs: 500, ceilingMs: 10_000 });
  }

  /** How many readings wait. */
  get waiting(): number {
    return this.#readings.length;
  }

  announce(points: readonly AnnouncedPoint[]): void {
    this.#points.push(...points);
    this.#start();
  }

  deliver(readings: readonly Reading[]): void {
    for (const reading of readings) {
      if (this.#readings.length < this.#capacity) this.#readings.push(reading);
      else {
        if (this.#overflow.count === 0) this.#overflow.first = reading.time;
        this.#overflow.count += 1;
        this.#overflow.last = reading.time;
      }
    }
    this.#start();
  }

  reject(rejections: readonly Rejection[]): void {
    // Rejections are rate limited where they arise, so this bound is only reached when the database is away for days.
    if (this.#rejections.length < this.#capacity) this.#rejections.push(...rejections);
    this.#start();
  }

  /** Resolves when everything handed over so far is stored. Rejects never; waits as long as the database is away. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Gives what waits one last try and stops. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.settled();
  }

  get #hasWork(): boolean {
    return this.#points.length + this.#readings.length + this.#rejections.length + this.#overflow.count > 0;
  }

  #start(): void {
    if (!this.#running && this.#hasWork) this.#running = this.#run();
  }

  async #run(): Promise<void> {
    while (this.#hasWork) {
      try {
        await this.#step();
        this.#backoff.reset();
      } catch (error) {
        this.#logger.warn({ error, waiting: this.#readings.length }, 'readings cannot be stored at present');
        if (this.#abort.signal.aborted) break;
        await sleep(this.#backoff.next(), this.#abort.signal);
      }
    }
    // In the same breath as the last look at the queue: what is handed over a moment later must start a new run.
    this.#running = undefined;
  }

  async #step(): Promise<void> {
    const points = this.#points.slice();
    if (points.length > 0) {
      await this.#sink.announce(points);
      this.#points.splice(0, points.length);
    }
    const readings = this.#readings.slice(0, batchSize);
    if (readings.length > 0) {
      await this.#sink.deliver(readings);
      this.#readings.splice(0, readings.length);
    }
    const rejections = this.#rejections.slice(0, batchSize);
    const { count, first, last } = this.#overflow;
    if (count > 0)
      rejections.push({
        code: 'conflict',
        reason: connectorNotes['given-up']({ count, from: moment(first), to: moment(last) }),
        time: this.#clock.now().getTime(),
      });
    if (rejections.length === 0) return;
    await this.#sink.reject(rejections);
    this.#rejections.splice(0, Math.min(rejections.length - (count > 0 ? 1 : 0), batchSize));
    this.#overflow.count -= count;
  }
}

const moment = (time: number) => ({ time: new Date(time).toISOString() });
