import type { Clock, Config } from '@millwright/kernel';
import { httpErrors } from '../errors.ts';

/** Each check of a password takes 19 MiB and a core for some 30 ms; a flood of them must not take the machine. */
const mostAtOnce = 4;
const mostWaiting = 50;
/** Wrong passwords from one address, of however many accounts: more than a shift that has forgotten its passwords. */
const mostFailures = 100;
const windowMs = 10 * 60_000;
const mostKept = 10_000;

/** Holds up whoever tries passwords: from one address, at one name that does not exist, or all at once. */
export class SignInGate {
  #clock: Clock;
  #running = 0;
  #waiting: (() => void)[] = [];
  #failures = new Map<string, { count: number; since: number }>();
  #absent = new Map<string, { count: number; lockedUntil: Date | null }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs a check of a password in its turn. Throws TOO_MANY_SIGN_INS. */
  async inTurn<T>(address: string, check: () => Promise<T>): Promise<T> {
    if (this.#isFlooding(address) || this.#waiting.length >= mostWaiting) throw httpErrors.TOO_MANY_SIGN_INS({});
    if (this.#running >= mostAtOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running += 1;
    try {
      return await check();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** Counts a wrong password from an address. */
  fail(address: string): void {
    const now = this.#clock.now().getTime();
    const known = this.#failures.get(address);
    const count = known && now - known.since < windowMs ? known.count : 0;
    keep(this.#failures, address, { count: count + 1, since: count > 0 ? known!.since : now });
  }

  /** Counts a wrong password at a name that does not exist, as the account would if it did. */
  failAbsent(name: string, { lockoutAttempts, lockoutMinutes }: Config): void {
    const count = (this.#absent.get(key(name))?.count ?? 0) + 1;
    const locks = count >= lockoutAttempts;
    const lockedUntil = new Date(this.#clock.now().getTime() + lockoutMinutes * 60_000);
    keep(this.#absent, key(name), locks ? { count: 0, lockedUntil } : { count, lockedUntil: null });
  }

  /** Until when a name that does not exist is locked. */
  absentLockedUntil(name: string): Date | null {
    return this.#absent.get(key(name))?.lockedUntil ?? null;
  }

  #isFlooding(address: string): boolean {
    const known = this.#failures.get(address);
    return known !== undefined && known.count >= mostFailures && this.#clock.now().getTime() - known.since < windowMs;
  }
}

const key = (name: string) => name.toLowerCase();

/** The oldest goes when there are too many: what is kept of strangers must not fill the memory. */
function keep<T>(kept: Map<string, T>, at: string, value: T): void {
  if (kept.size >= mostKept && !kept.has(at)) kept.delete(kept.keys().next().value!);
  kept.set(at, value);
}
