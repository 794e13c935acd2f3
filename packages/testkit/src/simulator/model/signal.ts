import { dayMs, hoursPerSlot, slotMs, slotsPerDay } from './time-grid.ts';

/** Enough for a year plus a month, so that points that share a signal do not compute it again. */
const cachedDays = 400;

/**
 * A physical quantity of the plant as its mean over each 15-minute slot. It knows its integral too: a counter is
 * a signal's running total. Days are computed when asked for and their sums are kept for good, so a total costs one
 * day however far it lies from the start.
 */
export class Signal {
  readonly #compute: (day: number, out: Float64Array) => void;
  readonly #firstDay: number;
  readonly #days = new Map<number, Float64Array<ArrayBuffer>>();
  readonly #daySums = new Map<number, number>();
  /** Total at the start of firstDay + i. */
  readonly #totals: number[] = [0];
  #lastDay = Number.NaN;
  #lastSlots: Float64Array = new Float64Array(0);
  #lastTotalDay = Number.NaN;
  readonly #withinDay = new Float64Array(slotsPerDay + 1);

  /** `firstDay`: the UTC day number from which totals count. */
  constructor(firstDay: number, compute: (day: number, out: Float64Array) => void) {
    this.#firstDay = firstDay;
    this.#compute = compute;
  }

  /** The 96 slot means of a UTC day. Not to be changed by the caller. */
  day(day: number): Float64Array {
    if (day === this.#lastDay) return this.#lastSlots;
    let slots = this.#days.get(day);
    if (slots === undefined) {
      slots = this.#takeSlots();
      this.#compute(day, slots);
      this.#days.set(day, slots);
      if (!this.#daySums.has(day)) {
        let sum = 0;
        for (const value of slots) sum += value * hoursPerSlot;
        this.#daySums.set(day, sum);
      }
    }
    this.#lastDay = day;
    this.#lastSlots = slots;
    return slots;
  }

  at(timeMs: number): number {
    const day = Math.floor(timeMs / dayMs);
    return this.day(day)[Math.floor((timeMs - day * dayMs) / slotMs)];
  }

  /** Integral from the start of the first day, in the signal's unit times hours (kW gives kWh); 0 before it. */
  total(timeMs: number): number {
    const day = Math.floor(timeMs / dayMs);
    if (day < this.#firstDay) return 0;
    if (day !== this.#lastTotalDay) this.#prepareTotal(day);
    const within = timeMs - day * dayMs;
    const slot = Math.floor(within / slotMs);
    const a = this.#withinDay[slot];
    const b = this.#withinDay[slot + 1];
    return this.#totals[day - this.#firstDay] + a + (b - a) * ((within - slot * slotMs) / slotMs);
  }

  /** A day's array, zeroed; the oldest day's once the cache is full. */
  #takeSlots(): Float64Array<ArrayBuffer> {
    if (this.#days.size < cachedDays) return new Float64Array(slotsPerDay);
    const [oldest, slots] = this.#days.entries().next().value as [number, Float64Array<ArrayBuffer>];
    this.#days.delete(oldest);
    return slots.fill(0);
  }

  #prepareTotal(day: number): void {
    for (let known = this.#totals.length - 1; known < day - this.#firstDay; known++) {
      const at = this.#firstDay + known;
      let sum = this.#daySums.get(at);
      if (sum === undefined) {
        this.day(at);
        sum = this.#daySums.get(at)!;
      }
      this.#totals.push(this.#totals[known] + sum);
    }
    const slots = this.day(day);
    for (let s = 0; s < slotsPerDay; s++) this.#withinDay[s + 1] = this.#withinDay[s] + slots[s] * hoursPerSlot;
    this.#lastTotalDay = day;
  }
}
