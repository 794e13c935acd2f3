/** Values that were read of bars, each with the looks that read it. */
export class Votes {
  readonly #sources = new Map<string, Set<string>>();

  /** Returns how many independent looks have read this value. */
  add(value: string, source: string): number {
    const sources = this.#sources.get(value) ?? new Set();
    this.#sources.set(value, sources.add(source));
    return sources.size;
  }

  /** The most looks that any other value has. */
  against(value: string): number {
    let most = 0;
    for (const [other, sources] of this.#sources) if (other !== value) most = Math.max(most, sources.size);
    return most;
  }

  get values(): string[] {
    return [...this.#sources.keys()];
  }
}
