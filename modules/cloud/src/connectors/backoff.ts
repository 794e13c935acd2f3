import type { Clock } from '@millwright/kernel';

export interface BackoffOptions {
  readonly firstMs: number;
  readonly ceilingMs: number;
}

/** Doubling waits with a ceiling, so that a device away for hours is asked about once a minute and is back within one. */
export class Backoff {
  #options: BackoffOptions;
  #attempt = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** The next wait in milliseconds, up to a fifth shorter at random so that many sources do not knock at the same moment. */
  next(): number {
    const full = Math.min(this.#options.ceilingMs, this.#options.firstMs * 2 ** Math.min(this.#attempt, 30));
    this.#attempt += 1;
    return full * (1 - Math.random() * 0.2);
  }

  reset(): void {
    this.#attempt = 0;
  }
}

export const defaultBackoff: BackoffOptions = { firstMs: 1_000, ceilingMs: 60_000 };

/** Resolves after the time or as soon as the signal is aborted; never rejects. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export const sleep: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish);
  });

/**
 * Sleeps until the next whole multiple of the period by the clock. Timers may fire a millisecond before the clock
 * shows the time they were set for, which would make a poll happen twice in a row; so the rest is slept too.
 */
export async function sleepUntilMultiple(clock: Clock, periodMs: number, signal: AbortSignal): Promise<void> {
  const now = clock.now().getTime();
  const due = (Math.floor(now / periodMs) + 1) * periodMs;
  await sleep(due - now, signal);
  const rest = due - clock.now().getTime();
  if (rest > 0 && rest < 50) await sleep(rest + 1, signal);
}
