/** Time in which at least one of several overlapping works was going on. */
export class BusyTime {
  ms = 0;
  #open = 0;
  #since = 0;

  async during<T>(work: Promise<T>): Promise<T> {
    if (this.#open++ === 0) this.#since = performance.now();
    try {
      return await work;
    } finally {
      if (--this.#open === 0) this.ms += performance.now() - this.#since;
    }
  }
}
