import { type BackoffOptions, type Clock, sleep } from '@millwright/kernel';

/** A device away for hours is asked about once a minute, and is back within one. */
export const defaultBackoff: BackoffOptions = { firstMs: 1_000, ceilingMs: 60_000, jitter: 0.2 };

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
