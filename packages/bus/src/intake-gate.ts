/** How much may wait for handlers before the bus stops reading. Whichever is reached first counts. */
export interface WaitingLimit {
  readonly messages: number;
  readonly bytes: number;
}

/**
 * 64 MiB is about five seconds of 2,000 messages of 6 kB a second: long enough to ride out a checkpoint of the
 * database, small beside the 350 MB that an idle server may take.
 */
export const defaultWaitingLimit: WaitingLimit = { messages: 20_000, bytes: 64 * 1024 * 1024 };

/** Counts what waits for handlers, and says when to stop and when to go on reading. */
export class IntakeGate {
  #limit: WaitingLimit;
  #messages = 0;
  #bytes = 0;
  #full = false;
  #relief: (() => void)[] = [];
  #idle: (() => void)[] = [];

  constructor(limit: Partial<WaitingLimit> = {}) {
    this.#limit = { ...defaultWaitingLimit, ...limit };
  }

  get messages(): number {
    return this.#messages;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get full(): boolean {
    return this.#full;
  }

  take(bytes: number): void {
    this.#messages++;
    this.#bytes += bytes;
    if (this.#messages >= this.#limit.messages || this.#bytes >= this.#limit.bytes) this.#full = true;
  }

  give(bytes: number): void {
    this.#messages--;
    this.#bytes -= bytes;
    // Half, so that a full gate does not open and shut with every message.
    if (this.#full && this.#messages <= this.#limit.messages / 2 && this.#bytes <= this.#limit.bytes / 2) {
      this.#full = false;
      for (const resume of this.#relief.splice(0)) resume();
    }
    if (this.#messages === 0) for (const done of this.#idle.splice(0)) done();
  }

  /** Calls back once the gate is open: at once if it is. */
  whenOpen(resume: () => void): void {
    if (this.#full) this.#relief.push(resume);
    else resume();
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    if (this.#messages > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }
}
