import type { Clock } from '@millwright/kernel';

export interface Denial {
  readonly action: string;
  readonly clientId: string;
  readonly username?: string;
  readonly topic?: string;
}

const windowMs = 10 * 60_000;
/** Different refusals of one window written down by themselves; the rest are counted together. */
const mostApart = 200;

interface Seen {
  readonly until: number;
  repeated: number;
}

/**
 * Decides which refusals are written down. A device with a wrong password tries again every second for weeks, and the
 * ledger keeps everything for ever: so the same refusal is written once in ten minutes, with how often it came since.
 */
export class DenialLog {
  #clock: Clock;
  #seen = new Map<string, Seen>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What to write now, or undefined when it is only counted. `repeated` is how many came unwritten before it. */
  pass(denial: Denial): (Denial & { repeated: number }) | undefined {
    const now = this.#clock.now().getTime();
    const own = JSON.stringify([denial.action, denial.clientId, denial.username, denial.topic]);
    if (!this.#seen.has(own) && this.#seen.size >= mostApart) this.#forget(now);
    const apart = this.#seen.has(own) || this.#seen.size < mostApart;
    const key = apart ? own : 'all others';
    const before = this.#seen.get(key);
    if (before && now < before.until) {
      before.repeated += 1;
      return undefined;
    }
    this.#seen.set(key, { until: now + windowMs, repeated: 0 });
    return { ...denial, repeated: before?.repeated ?? 0 };
  }

  #forget(now: number): void {
    for (const [key, { until }] of this.#seen) if (now >= until) this.#seen.delete(key);
  }
}
