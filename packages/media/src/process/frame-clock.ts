/** A jump back by more than this is a new beginning of the sender's clock; less is disorder within it. */
const newBeginningMs = 1000;
/** A live stream does not leave out more than this without the packets being late as well. */
const liveJumpMs = 10_000;
/** Pictures that are late one after the other are no disorder: the sender's clock runs backwards. */
const mostDisorder = 8;
/** A sender's clock that is further off than this is set wrong, and arrival says more. */
const senderTrustMs = 60_000;
/** Live times fall only when a clock was set back by more than this; what is less is levelled. */
const setBackMs = 10_000;

export interface FrameTimes {
  readonly time: number;
  readonly mediaTime: number;
}

/**
 * Makes times that do not fall out of timestamps that may jump, run backwards or be missing. A jump back (a camera that
 * restarted its clock, files joined without care) goes on one frame after the last picture; small disorder is levelled.
 * Only when the clock that says what time it is was set back by more than ten seconds, live times follow it: they would
 * else stand still for as long.
 */
export class FrameClock {
  readonly #live: boolean;
  readonly #startTime: number;
  #stepMs: number;
  #origin: number | undefined;
  #offset = 0;
  #last: FrameTimes | undefined;
  #lastArrival = 0;
  #late = 0;
  /** Arrival less media time, at its smallest lately: what arrived with the least delay. */
  #delay: number | undefined;

  /** `startTime`: capture time of the first picture of a file, in milliseconds since 1970. */
  constructor(options: { live: boolean; startTime: number; frameRate: number; originMs?: number | undefined }) {
    this.#live = options.live;
    this.#startTime = options.startTime;
    this.#stepMs = options.frameRate > 0 ? 1000 / options.frameRate : 40;
    this.#origin = options.live ? undefined : options.originMs;
  }

  /**
   * @param pts presentation time in milliseconds, as the stream says
   * @param arrival when the packet came, in milliseconds since 1970
   * @param sender the capture time by the sender's own clock, where the stream carries it
   */
  next(pts: number | undefined, arrival: number, sender?: number): FrameTimes {
    const mediaTime = this.#mediaTime(pts, arrival);
    const time = this.#live ? this.#liveTime(mediaTime, arrival, sender) : this.#startTime + mediaTime;
    const last = this.#last;
    const setBack = last !== undefined && this.#live && time < last.time - setBackMs;
    this.#last = { mediaTime, time: last && !setBack ? Math.max(last.time, time) : time };
    this.#lastArrival = arrival;
    return this.#last;
  }

  #mediaTime(pts: number | undefined, arrival: number): number {
    const last = this.#last?.mediaTime;
    const expected = last === undefined ? 0 : last + this.#stepMs;
    if (pts === undefined) return expected;
    this.#origin ??= pts;
    const read = pts - this.#origin;
    if (last === undefined) return Math.max(0, read);
    const value = read + this.#offset;
    const jumped = this.#live && value - last > liveJumpMs + 2 * (arrival - this.#lastArrival);
    this.#late = value < last ? this.#late + 1 : 0;
    if (value < last - newBeginningMs || jumped || this.#late > mostDisorder) {
      this.#offset = expected - read;
      return expected;
    }
    return Math.max(last, value);
  }

  #liveTime(mediaTime: number, arrival: number, sender: number | undefined): number {
    if (sender !== undefined && Math.abs(sender - arrival) < senderTrustMs) return sender;
    const delay = arrival - mediaTime;
    // The envelope rises by a thousandth, so that it follows a sender whose clock runs slow.
    const drift = (arrival - this.#lastArrival) / 1000;
    this.#delay = this.#delay === undefined ? delay : Math.min(delay, this.#delay + Math.max(0, drift));
    if (delay - this.#delay > liveJumpMs) this.#delay = delay;
    return this.#delay + mediaTime;
  }

  /** The input starts again from its beginning (a file played round and round). */
  restart(): void {
    const next = (this.#last?.mediaTime ?? 0) + this.#stepMs;
    this.#offset = next;
  }
}
