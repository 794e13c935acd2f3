import { readFileSync, writeFileSync } from 'node:fs';
import type { Clock } from '@millwright/kernel';
import type { MachineTime } from './machine-time.ts';

/** A comparison is worth less the older it is: cheap oscillators drift some milliseconds a minute. */
const freshMs = 10 * 60_000;

interface Comparison {
  /** The server’s time when the machine was switched on. */
  readonly base: number;
  readonly roundTripMs: number;
  /** Uptime of the comparison. */
  readonly at: number;
}

/** The comparison of an agent before this one on the same run of the machine. */
function kept(path: string, machine: MachineTime): Comparison | undefined {
  try {
    const { boot, base, roundTripMs, at } = JSON.parse(readFileSync(path, 'utf8')) as Comparison & { boot: string };
    return boot === machine.boot && [base, roundTripMs, at].every(Number.isFinite)
      ? { base, roundTripMs, at }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The server’s clock as this box knows it, by Cristian’s method (F. Cristian, Probabilistic clock synchronization, 1989):
 * the server’s time stands for the middle between question and answer, and the comparison with the shortest way wins. It is
 * held against the machine’s uptime, so that a box’s clock that is set or jumps changes nothing, and kept on disk, so that
 * an agent which starts without the server knows it as long as the machine was not switched off.
 */
export class ServerClock {
  #clock: Clock;
  #machine: MachineTime;
  #path: string | undefined;
  #best: Comparison | undefined;
  #isCompared = false;

  /** @param path of the file that the best comparison is kept in; left out, it is not kept. */
  constructor(clock: Clock, machine: MachineTime, path?: string) {
    this.#clock = clock;
    this.#machine = machine;
    this.#path = path;
    if (path) this.#best = kept(path, machine);
  }

  get boot(): string {
    return this.#machine.boot;
  }

  uptimeMs(): number {
    return this.#machine.uptimeMs();
  }

  /** Whether this agent has compared the clocks itself: one before it may have, days ago. */
  get isCompared(): boolean {
    return this.#isCompared;
  }

  /** @param askedAt uptime of the question; the answer has just come. */
  compare(askedAt: number, serverTime: number): void {
    this.#isCompared = true;
    const at = this.#machine.uptimeMs();
    const roundTripMs = at - askedAt;
    const isBetter = !this.#best || roundTripMs <= this.#best.roundTripMs || at - this.#best.at > freshMs;
    if (!isBetter) return;
    this.#best = { base: serverTime + roundTripMs / 2 - at, roundTripMs, at };
    if (!this.#path) return;
    try {
      writeFileSync(this.#path, JSON.stringify({ boot: this.#machine.boot, ...this.#best }));
    } catch {
      // A full disk; what is known now is known in memory.
    }
  }

  /** What the server’s clock is ahead of the box’s, milliseconds; null before the first comparison of this run of the machine. */
  offsetMs(): number | null {
    if (!this.#best) return null;
    return Math.round(this.#best.base + this.#machine.uptimeMs() - this.#clock.now().getTime());
  }

  /** When something of a moment of this run of the machine, or of a known offset, happened by the server’s clock. */
  place(moment: { time: number; boot: string; uptimeMs: number; offsetMs: number | null }): {
    at: number;
    clock: 'measured' | 'unknown';
  } {
    if (this.#best && moment.boot === this.#machine.boot)
      return { at: Math.round(this.#best.base + moment.uptimeMs), clock: 'measured' };
    if (moment.offsetMs !== null) return { at: moment.time + moment.offsetMs, clock: 'measured' };
    return { at: moment.time, clock: 'unknown' };
  }
}
