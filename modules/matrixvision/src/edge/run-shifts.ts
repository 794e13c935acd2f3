/** Nearer is a clock that a network time service keeps, and nothing is gained by moving what it says. */
const leastShiftMs = 2_000;

/** By how much the times of each camera's run are moved: the same for all of a run, however its clock is set meanwhile. */
export class RunShifts {
  /** The newest run of each camera: what an older one found came before it. */
  #newest = new Map<string, { readonly runId: string; readonly shift: number }>();

  #offset: () => number;

  /** @param offset milliseconds by which the server's clock is ahead of this one, at the moment */
  constructor(offset: () => number) {
    this.#offset = offset;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#newest.size;
  }

  /** Milliseconds to add to times of the run. */
  of(cameraId: string, runId: string): number {
    const known = this.#newest.get(cameraId);
    if (known?.runId === runId) return known.shift;
    const offset = this.#offset();
    const shift = Math.abs(offset) < leastShiftMs ? 0 : offset;
    this.#newest.set(cameraId, { runId, shift });
    return shift;
  }
}
