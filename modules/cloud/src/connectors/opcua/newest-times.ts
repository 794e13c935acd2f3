import type { ConnectedPoint } from '../connector.ts';

/** Newest time that was handed on, per key; where history has to start after a lost link. */
export class NewestTimes {
  #times = new Map<string, number>();

  constructor(points: readonly ConnectedPoint[]) {
    for (const { key, newest } of points) if (newest !== undefined) this.#times.set(key, newest);
  }

  get(key: string): number | undefined {
    return this.#times.get(key);
  }

  /** Returns false when this very time was handed on already, as a value read twice without a change is. */
  note(key: string, time: number): boolean {
    const known = this.#times.get(key);
    if (known === time) return false;
    if (known === undefined || time > known) this.#times.set(key, time);
    return true;
  }

  /** The times as they stand now; live values that arrive meanwhile must not move the start of the history. */
  snapshot(): Map<string, number> {
    return new Map(this.#times);
  }
}
