export interface BackoffOptions {
  readonly firstMs: number;
  readonly ceilingMs: number;
  /** Up to this share of a wait is taken off by chance, so that many do not come back at the same moment. Default 0.5. */
  readonly jitter?: number;
  /** 0 to 1; for tests. */
  readonly random?: () => number;
}

/** The wait in milliseconds before another try after `tries` earlier waits: doubling up to a ceiling. */
export function backoffMs(
  tries: number,
  { firstMs, ceilingMs, jitter = 0.5, random = Math.random }: BackoffOptions,
): number {
  const full = Math.min(ceilingMs, firstMs * 2 ** Math.min(tries, 30));
  return Math.round(full * (1 - random() * jitter));
}

/** Doubling waits with a ceiling, so that what is away for hours is asked about now and then and is back soon. */
export class Backoff {
  readonly #options: BackoffOptions;
  #tries = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** The next wait in milliseconds. */
  next(): number {
    const wait = backoffMs(this.#tries, this.#options);
    this.#tries += 1;
    return wait;
  }

  /** Waits asked for since the last success. */
  get tries(): number {
    return this.#tries;
  }

  reset(): void {
    this.#tries = 0;
  }
}

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
