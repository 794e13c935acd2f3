import { type Bus, type BusHandler, openBus } from '@millwright/bus';
import { type Clock, type Logger, sleep } from '@millwright/kernel';

interface BrokerParts {
  /** Empty: there is none. */
  readonly url: string;
  readonly clientId: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

const againMs = 5_000;

/** A broker beside a box, which may be switched on later than the box: what is asked of it waits until it is there. */
export class BoxBroker implements Bus {
  readonly url: string;
  readonly #parts: BrokerParts;
  readonly #closed = new AbortController();
  readonly #bus: Promise<Bus>;

  constructor(parts: BrokerParts) {
    this.#parts = parts;
    this.url = parts.url;
    this.#bus = parts.url === '' ? Promise.reject(new Error('there is no broker')) : this.#open();
    this.#bus.catch(() => undefined); // Whoever asks for it is told.
  }

  async subscribe(filter: string, handler: BusHandler): Promise<() => Promise<void>> {
    return (await this.#bus).subscribe(filter, handler);
  }

  async publish(...message: Parameters<Bus['publish']>): Promise<void> {
    await (await this.#bus).publish(...message);
  }

  async close(): Promise<void> {
    this.#closed.abort();
    const bus = await this.#bus.catch(() => undefined);
    await bus?.close();
  }

  async #open(): Promise<Bus> {
    const { signal } = this.#closed;
    for (;;) {
      signal.throwIfAborted();
      try {
        return await openBus({ kind: 'external', ...this.#parts, connectTimeoutMs: againMs });
      } catch (error) {
        this.#parts.logger.warn({ err: error }, 'the broker of the line cannot be reached');
        await sleep(againMs, signal);
      }
    }
  }
}
