import type { Segment } from './segment-name.ts';

/** The files of a recording between whoever writes them and whoever takes them, for one taker. Holds what is not taken yet. */
export class SegmentQueue {
  readonly #ready: Segment[] = [];
  #end: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;

  get isOver(): boolean {
    return this.#end !== undefined;
  }

  push(segment: Segment): void {
    this.#ready.push(segment);
    this.#wake();
  }

  /** No more will come; what is there is still given, and then the error thrown where there is one. */
  end(error?: unknown): void {
    this.#end ??= { error };
    this.#wake();
  }

  async *segments(): AsyncGenerator<Segment, void, undefined> {
    for (;;) {
      const segment = this.#ready.shift();
      if (segment) yield segment;
      else if (this.#end) break;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
    if (this.#end.error) throw this.#end.error;
  }
}
