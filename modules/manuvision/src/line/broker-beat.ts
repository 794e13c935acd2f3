import type { Bus } from '@millwright/bus';

/** A broker that took so long to acknowledge is lost to the line. */
const latestMs = 5_000;

/** Where a station says what it shows: every second, and whenever that changes. */
export const stateTopic = (stationId: string) => `millwright/stations/${stationId}/state`;

/** Says through the broker what a station shows, and knows by its acknowledgements whether the broker is there. */
export class BrokerBeat {
  readonly #bus: Bus;
  readonly #topic: string;
  #sentAt: number | undefined;
  #problem: string | null = null;

  constructor(bus: Bus, stationId: string) {
    this.#bus = bus;
    this.#topic = stateTopic(stationId);
  }

  problem(): string | null {
    if (this.#bus.url === '') return 'no broker';
    if (this.#sentAt !== undefined && performance.now() - this.#sentAt > latestMs) return 'no answer';
    return this.#problem;
  }

  /** Not while an earlier one is under way: a broker that is gone would find all of them waiting when it comes back. */
  send(shown: object): void {
    if (this.#sentAt !== undefined || this.#bus.url === '') return;
    this.#sentAt = performance.now();
    this.#bus
      .publish(this.#topic, JSON.stringify(shown), { qos: 1 })
      .then(
        () => {
          this.#problem = null;
        },
        (error: unknown) => {
          this.#problem = error instanceof Error ? error.message : String(error);
        },
      )
      .finally(() => {
        this.#sentAt = undefined;
      });
  }
}
