/** What a viewer gets: first `init`, then fragments from a key frame on. A new `init` begins anew (the camera came back). */
export type LiveMessage =
  | {
      readonly type: 'init';
      /** For `MediaSource.addSourceBuffer`: video/mp4; codecs="…". */
      readonly codec: string;
      /** Pictures were encoded anew, because browsers do not play the camera's own. */
      readonly encoded: boolean;
      readonly data: Uint8Array;
    }
  | {
      readonly type: 'fragment';
      readonly key: boolean;
      /** Capture time of its first picture, in milliseconds since 1970. */
      readonly time: number;
      readonly durationMs: number;
      readonly data: Uint8Array;
    };

export type LiveListener = (message: LiveMessage) => void;

/** A camera whose next key frame is far away must not fill the memory: a newcomer then waits for it. */
const mostBytes = 32 << 20;

/** Hands the fragments of one camera to all who watch it; a newcomer begins with the last key frame at once. */
export class LiveFeed {
  readonly #listeners = new Set<LiveListener>();
  readonly #onWatched: (watched: boolean) => void;
  #init: LiveMessage | undefined;
  #sinceKey: LiveMessage[] = [];
  #bytes = 0;

  constructor(onWatched: (watched: boolean) => void) {
    this.#onWatched = onWatched;
  }

  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  /** Returns how to stop watching. */
  watch(listener: LiveListener): () => void {
    if (this.#init) for (const message of [this.#init, ...this.#sinceKey]) listener(message);
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#onWatched(true);
    return () => {
      if (!this.#listeners.delete(listener) || this.watched) return;
      this.reset();
      this.#onWatched(false);
    };
  }

  take(message: LiveMessage): void {
    if (message.type === 'init') {
      this.#init = message;
      this.#sinceKey = [];
      this.#begun = false;
    } else if (message.key || this.#begun) this.#keep(message);
    else return;
    for (const listener of this.#listeners) listener(message);
  }

  #begun = false;
  #keep(message: Extract<LiveMessage, { type: 'fragment' }>): void {
    this.#begun = true;
    if (message.key) {
      this.#sinceKey = [];
      this.#bytes = 0;
    } else if (this.#sinceKey.length === 0) return;
    this.#bytes += message.data.length;
    if (this.#bytes > mostBytes) this.#sinceKey = [];
    else this.#sinceKey.push(message);
  }

  /** What was handed out is of no use to a newcomer any more. */
  reset(): void {
    this.#init = undefined;
    this.#sinceKey = [];
    this.#begun = false;
  }
}
