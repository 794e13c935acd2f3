/** Wakes what waits for news of a box: long polls, and connections that rest on its token. */
export class BoxSignals {
  #waiting = new Map<string, Set<() => void>>();
  #rights = new Map<string, AbortController>();

  /** Resolves when the box is woken, after `ms`, or when `signal` says that nobody waits any more. */
  wait(boxId: string, ms: number, signal?: AbortSignal): Promise<void> {
    const waiting = this.#waiting.get(boxId) ?? new Set();
    this.#waiting.set(boxId, waiting);
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        waiting.delete(end);
        if (waiting.size === 0) this.#waiting.delete(boxId);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      waiting.add(end);
      if (signal?.aborted) end();
      else signal?.addEventListener('abort', end, { once: true });
    });
  }

  /** Left out: every box. */
  wake(boxIds?: readonly string[]): void {
    const woken = boxIds ?? [...this.#waiting.keys()];
    for (const boxId of woken) for (const end of [...(this.#waiting.get(boxId) ?? [])]) end();
  }

  /** Aborts when the box’s token is worth nothing any more. */
  right(boxId: string): AbortSignal {
    const right = this.#rights.get(boxId) ?? new AbortController();
    this.#rights.set(boxId, right);
    return right.signal;
  }

  withdraw(boxId: string): void {
    this.#rights.get(boxId)?.abort();
    this.#rights.delete(boxId);
    this.wake([boxId]);
  }
}
