/** What is held of one attribute of one person. */
export interface HeldVerdict {
  readonly present: boolean;
  /** 0.5 to 1. */
  readonly confidence: number;
}

export interface VoteOptions {
  /** Sum of log odds that a first verdict needs, and that the other verdict needs to take over. */
  readonly enough: number;
  /** Looks that a verdict needs at least. */
  readonly looks: number;
  /** Time in milliseconds after which a look counts half. */
  readonly halfLife: number;
  /** Time without a look after which nothing is held any more. */
  readonly forget: number;
}

export const voteDefaults: VoteOptions = { enough: 2, looks: 3, halfLife: 5000, forget: 30_000 };

/** One look counts at most so much: frames that follow each other are no independent witnesses. */
const mostPerLook = 1.5;

/**
 * The verdict of many looks at one person: log odds add up and fade, and a verdict, once held, turns only when as much
 * speaks for the other side (hysteresis). So a single bad frame neither makes nor breaks one.
 */
export class TrackVotes {
  readonly #options: VoteOptions;
  #sum = 0;
  #looks = 0;
  #time = Number.NEGATIVE_INFINITY;
  #held: boolean | undefined;

  constructor(options: Partial<VoteOptions> = {}) {
    this.#options = { ...voteDefaults, ...options };
  }

  /** A look at `time` (milliseconds, not falling) that gave this probability. */
  add(time: number, probability: number): void {
    this.#fade(time);
    const clear = Math.min(0.99, Math.max(0.01, probability));
    const odds = Math.log(clear / (1 - clear));
    this.#sum += Math.max(-mostPerLook, Math.min(mostPerLook, odds));
    this.#looks += 1;
    const { enough, looks } = this.#options;
    // What is kept is bounded, so that a long time with a hat does not outvote its being taken off.
    this.#sum = Math.max(-3 * enough, Math.min(3 * enough, this.#sum));
    if (this.#looks >= looks && Math.abs(this.#sum) >= enough) this.#held = this.#sum > 0;
  }

  /** Undefined before enough was seen, and after nothing was seen for long. */
  at(time: number): HeldVerdict | undefined {
    if (this.#held === undefined || time - this.#time > this.#options.forget) return undefined;
    const agreeing = this.#held ? this.#sum : -this.#sum;
    return { present: this.#held, confidence: Math.max(0.5, 1 / (1 + Math.exp(-agreeing))) };
  }

  #fade(time: number): void {
    const passed = time - this.#time;
    if (passed > this.#options.forget) {
      this.#sum = 0;
      this.#looks = 0;
      this.#held = undefined;
    } else this.#sum *= 2 ** (-passed / this.#options.halfLife);
    this.#time = time;
  }
}
