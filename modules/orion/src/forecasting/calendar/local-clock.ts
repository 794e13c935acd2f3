import { Temporal } from 'temporal-polyfill';

const day = 86_400_000;
const hour = 3_600_000;

/** Milliseconds that a zone's wall clock is ahead of UTC, asked once a day, and once an hour on days when clocks change. */
export class LocalClock {
  readonly #zone: string;
  readonly #offsets = new Map<number, number | undefined>();

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** The wall clock as if it were UTC: 1 January 1970, 01:00 there is 3,600,000. */
  wall(time: number): number {
    const own = Math.floor(time / day);
    if (!this.#offsets.has(own)) {
      const [from, to] = [this.#ask(own * day), this.#ask((own + 1) * day)];
      this.#offsets.set(own, from === to ? from : undefined);
    }
    return time + (this.#offsets.get(own) ?? this.#ask(Math.floor(time / hour) * hour));
  }

  #ask(time: number): number {
    const key = -1 - time / hour;
    const known = this.#offsets.get(key);
    if (known !== undefined) return known;
    const zoned = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(this.#zone);
    const offset = zoned.offsetNanoseconds / 1e6;
    this.#offsets.set(key, offset);
    return offset;
  }
}
