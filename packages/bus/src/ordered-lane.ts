/** What is done with one message of a connection once its handlers are through. */
export interface LaneOutcome {
  /** Handlers of this and of every earlier message have resolved: acknowledge. */
  release(): void;
  /** This message, or an earlier one of the same connection, failed: it must not be acknowledged. */
  abandon(): void;
}

interface Entry {
  readonly outcome: LaneOutcome;
  done: boolean;
}

/**
 * Lets many messages of one connection be worked on at once, yet acknowledges in the order they came, as MQTT-4.6.0
 * asks. After the first failure nothing more is acknowledged: a publisher that resends from the oldest message on
 * keeps its own order, which it could not if later ones were already ticked off.
 */
export class OrderedLane {
  #entries: Entry[] = [];
  #head = 0;
  #failed = false;
  #onFailure: (error: unknown) => void;

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  get failed(): boolean {
    return this.#failed;
  }

  add(work: Promise<void>, outcome: LaneOutcome): void {
    const entry: Entry = { outcome, done: false };
    this.#entries.push(entry);
    work.then(
      () => this.#resolve(entry),
      (error: unknown) => this.#reject(entry, error),
    );
  }

  #resolve(entry: Entry): void {
    if (this.#failed) {
      entry.outcome.abandon();
      return;
    }
    entry.done = true;
    while (this.#head < this.#entries.length && this.#entries[this.#head]!.done)
      this.#entries[this.#head++]!.outcome.release();
    if (this.#head === this.#entries.length || this.#head > 1024) {
      this.#entries.splice(0, this.#head);
      this.#head = 0;
    }
  }

  #reject(entry: Entry, error: unknown): void {
    entry.outcome.abandon();
    if (this.#failed) return;
    this.#failed = true;
    for (const other of this.#entries.slice(this.#head)) if (other.done) other.outcome.abandon();
    this.#entries = [];
    this.#onFailure(error);
  }
}
