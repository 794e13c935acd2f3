import type { Bus } from '@millwright/bus';
import type { Logger } from '@millwright/kernel';

/** Messages of one station that may wait for the broker: minutes of a usual line, and no more memory than a picture. */
export const mostWaiting = 500;

/** What did not reach the broker yet, and what never will, since the server began. */
export interface Unsent {
  readonly waiting: number;
  readonly lost: number;
}

/**
 * Says what stations say through the broker without waiting for it: one that is away stops no judging. So many messages wait until it
 * is back, in their order; what comes after them is lost, which is counted and logged. The verdicts are kept whatever happens here.
 */
export class StationPublisher {
  readonly #bus: Bus;
  readonly #logger: Logger;
  readonly #unsent = new Map<string, { waiting: number; lost: number; isFull: boolean }>();

  constructor({ bus, logger }: { readonly bus: Bus; readonly logger: Logger }) {
    this.#bus = bus;
    this.#logger = logger;
  }

  /** @param message sent as JSON */
  publish({ id, name }: { readonly id: string; readonly name: string }, topic: string, message: object): void {
    // A command that works without a server has no broker.
    if (this.#bus.url === '') return;
    const own = this.#unsent.get(id) ?? { waiting: 0, lost: 0, isFull: false };
    this.#unsent.set(id, own);
    if (own.waiting >= mostWaiting) {
      own.lost += 1;
      // Once each time that it is full, not of every part.
      if (!own.isFull)
        this.#logger.error(
          { station: name, waiting: own.waiting },
          'the broker is away: results of parts are lost to it',
        );
      own.isFull = true;
      return;
    }
    own.isFull = false;
    own.waiting += 1;
    this.#bus
      .publish(topic, JSON.stringify(message), { qos: 1 })
      .catch((error: unknown) => {
        own.lost += 1;
        this.#logger.warn({ err: error, station: name, topic }, 'what a station says could not be published');
      })
      .finally(() => {
        own.waiting -= 1;
      });
  }

  unsent(stationId: string): Unsent {
    const { waiting = 0, lost = 0 } = this.#unsent.get(stationId) ?? {};
    return { waiting, lost };
  }
}
