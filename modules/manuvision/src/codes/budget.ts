/**
 * How much may be tried, in milliseconds of a usual core. It is counted from the pixels and never measured: the same picture
 * must give the same answer on a slow machine too.
 */
export class Budget {
  #left: number;

  constructor(milliseconds: number) {
    this.#left = milliseconds;
  }

  spend(milliseconds: number): void {
    this.#left -= milliseconds;
  }

  get left(): number {
    return this.#left;
  }

  get isSpent(): boolean {
    return this.#left <= 0;
  }
}
