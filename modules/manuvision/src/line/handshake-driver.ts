import { advance, type Handshake, type HandshakeEvent, startHandshake } from './handshake.ts';
import type { HandshakeSettings } from './handshake-settings.ts';

interface DriverParts {
  readonly settings: HandshakeSettings;
  /** Of an earlier life of the station; 0: none. */
  readonly lastResultId: number;
  changed(after: Handshake, before: Handshake): void;
}

/** Runs the state machine of one station in real time: the waits end by themselves. */
export class HandshakeDriver {
  readonly #parts: DriverParts;
  #state: Handshake;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: DriverParts) {
    this.#parts = parts;
    this.#state = startHandshake(performance.now(), parts.lastResultId);
  }

  get state(): Handshake {
    return this.#state;
  }

  /** What it becomes by what happened. */
  send(event: HandshakeEvent): Handshake {
    const before = this.#state;
    this.#state = advance(before, event, performance.now(), this.#parts.settings);
    if (this.#state !== before) {
      this.#watch();
      this.#parts.changed(this.#state, before);
    }
    return this.#state;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #watch(): void {
    clearTimeout(this.#timer);
    const { deadline } = this.#state;
    if (deadline === null) return;
    // A timer may strike a little early: then there is another one.
    const wait = Math.max(Math.ceil(deadline - performance.now()), 1);
    this.#timer = setTimeout(() => {
      if (this.send({ type: 'time' }).deadline === deadline) this.#watch();
    }, wait);
  }
}
