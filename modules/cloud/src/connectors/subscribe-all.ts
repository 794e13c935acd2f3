import type { Bus, BusHandler } from '@millwright/bus';
import { Backoff, type BackoffOptions, sleep } from '@millwright/kernel';

/** So long opening waits for a broker that does not answer at all before it goes on in the background. */
const openingMs = 2_000;

/**
 * Subscribes to several filters and keeps trying while the broker is away. Resolves after the first try, or a short wait; the returned function ends the subscriptions or the trying.
 */
export async function subscribeAll(options: {
  bus: Bus;
  filters: readonly string[];
  handler: BusHandler;
  backoff: BackoffOptions;
  onSubscribed: () => void;
  onFailed: (reason: string) => void;
}): Promise<() => Promise<void>> {
  const abort = new AbortController();
  const ends: (() => Promise<void>)[] = [];
  const backoff = new Backoff(options.backoff);

  const subscribe = async () => {
    for (const filter of options.filters.slice(ends.length)) {
      const end = await options.bus.subscribe(filter, options.handler);
      if (abort.signal.aborted) await end();
      else ends.push(end);
    }
  };
  const run = async () => {
    while (!abort.signal.aborted) {
      try {
        await subscribe();
        if (!abort.signal.aborted) options.onSubscribed();
        return;
      } catch (error) {
        options.onFailed(error instanceof Error ? error.message : String(error));
        opening.abort();
        await sleep(backoff.next(), abort.signal);
      }
    }
  };
  const opening = new AbortController();
  const running = run();
  await Promise.race([running, sleep(openingMs, opening.signal)]);
  opening.abort();

  return async () => {
    abort.abort();
    for (const end of ends.splice(0)) await end();
  };
}
