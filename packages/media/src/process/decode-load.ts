/** So long nearly all of the time must go into decoding before the stream is said to come too fast. */
const overMs = 5_000;
/** Below this share of the time spent waiting for packets, they have been waiting for us: to take one that lies there takes a while too. */
const leastWaiting = 0.09;
/** Only key frames are decoded for so long at least; each time that this was not enough, for twice as long. */
const shortestMs = 10_000;
const longestMs = 300_000;

/**
 * Tells when live video comes faster than it can be decoded: reading then never waits, and what was not read gathers in
 * the network, ever later. Decoding only key frames lets it catch up. Times in milliseconds of a clock that nobody sets.
 */
export class DecodeLoad {
  #since: number;
  #waited = 0;
  #behind = false;
  #pauseMs = shortestMs;
  #fromKeyFrames = Number.NEGATIVE_INFINITY;

  constructor(now: number) {
    this.#since = now;
  }

  get behind(): boolean {
    return this.#behind;
  }

  /** A packet has come after waiting so long. True when `behind` has changed. */
  took(now: number, waitedMs: number, isKey: boolean): boolean {
    this.#waited += waitedMs;
    // Pictures between key frames build on each other: they can be taken up again from a key frame on only.
    if (this.#behind) return isKey && now - this.#fromKeyFrames >= this.#pauseMs && this.#change(false, now);
    const passed = now - this.#since;
    if (passed < overMs) return false;
    const saturated = this.#waited < leastWaiting * passed;
    this.#since = now;
    this.#waited = 0;
    return saturated && this.#change(true, now);
  }

  #change(behind: boolean, now: number): true {
    // It was tried, and soon was too much again.
    const again = behind && now - this.#fromKeyFrames < this.#pauseMs + 2 * overMs;
    if (behind) this.#pauseMs = again ? Math.min(longestMs, this.#pauseMs * 2) : shortestMs;
    this.#behind = behind;
    if (behind) this.#fromKeyFrames = now;
    this.#since = now;
    this.#waited = 0;
    return true;
  }
}
