import { Backoff } from '@millwright/kernel';

export interface ReconnectOptions {
  /** Shortest and longest wait between tries to connect. Default 500 and 60,000. */
  readonly minMs?: number | undefined;
  readonly maxMs?: number | undefined;
}

/** A connection that held so long was a good one: the next wait is short again. */
const steadyMs = 30_000;
/** A camera that refuses the password may lock the account when it is asked again and again. */
const refusedWaitMs = 60_000;

/** How long to wait before a camera is connected to again: longer each time, until a connection has held for a while. */
export class ReconnectWaits {
  readonly #backoff: Backoff;

  constructor({ minMs = 500, maxMs = 60_000 }: ReconnectOptions = {}) {
    this.#backoff = new Backoff({ firstMs: minMs, ceilingMs: maxMs });
  }

  /** Since the last good connection. */
  get tries(): number {
    return this.#backoff.tries;
  }

  /** @param heldMs how long the connection lasted that ended with this error. */
  next(error: { readonly code: string }, heldMs: number): number {
    if (heldMs > steadyMs) this.#backoff.reset();
    return Math.max(this.#backoff.next(), error.code === 'MEDIA_UNAUTHORIZED' ? refusedWaitMs : 0);
  }
}
