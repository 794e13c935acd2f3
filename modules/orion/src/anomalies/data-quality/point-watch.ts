import type { State } from '../../learners/learner.ts';
import type { PointProfile } from './point-profile.ts';

export type DataFault = 'gap' | 'stuck-value' | 'meter-rollover' | 'meter-change' | 'clock-skew';

/** Something is wrong with the data of a point, not with the machine. */
export interface DataFinding {
  readonly fault: DataFault;
  /** Since when, and when that was known; milliseconds since 1970 by the clock of the one who reads. */
  readonly from: number;
  readonly foundAt: number;
  /** `gap`: milliseconds of silence; `clock-skew`: milliseconds that stamps are ahead; else the reading. */
  readonly amount: number;
}

/** A pause is a gap when it is so many usual intervals long, and longer than any before by half. */
const gapIntervals = 10;
/** The same reading is stuck when it comes so often, and more often than ever by this factor. */
const leastSame = 10;
const sameFactor = 3;
const restFactor = 2;
/** A counter that falls has rolled over when it was within this share of a power of ten. */
const nearFull = 0.02;
/** It counts so much faster than ever only when it is another meter. */
const fasterThanEver = 20;
/** Stamps are wrong when they are off by so many times what they waver by, and by a minute. */
const lagFactor = 5;
const leastSkewMs = 60_000;

/**
 * Watches one point for what goes wrong with data: silence, a value that no longer moves, a counter that passes zero, another meter, a
 * clock that is wrong. Bounded memory; what is found is told once, and again when it has been right in between.
 */
export class PointWatch {
  readonly #profile: PointProfile;
  #time = Number.NaN;
  #arrived = Number.NaN;
  #value = Number.NaN;
  #run = 0;
  #runFrom = 0;
  #silent = false;
  #stuck = false;
  #skewed = false;

  constructor(profile: PointProfile, state?: State) {
    this.#profile = profile;
    if (!state) return;
    [this.#time, this.#arrived, this.#value, this.#run, this.#runFrom] = state.numbers as unknown as [
      number,
      number,
      number,
      number,
      number,
    ];
    [this.#silent, this.#stuck, this.#skewed] = state.flags as unknown as [boolean, boolean, boolean];
  }

  /** @param arrived when it came; its own time where that is not known */
  push(time: number, value: number, arrived = time): DataFinding[] {
    const found: DataFinding[] = [];
    if (!Number.isNaN(this.#time)) {
      const gap = this.quiet(arrived);
      if (gap) found.push(gap);
      this.#clock(time, arrived, found);
      if (this.#profile.kind === 'counter') this.#count(time, value, arrived, found);
    }
    if (this.#profile.wavers) this.#same(value, arrived, found);
    // After a clock was set back, what comes next is measured from there.
    this.#time = time;
    this.#arrived = arrived;
    this.#value = value;
    this.#silent = false;
    return found;
  }

  /** Whether it has been silent for too long at a moment; asked from time to time. */
  quiet(now: number): DataFinding | undefined {
    const { intervalMs, pauseMs } = this.#profile;
    const limit = Math.max(gapIntervals * intervalMs, 1.5 * pauseMs);
    if (this.#silent || Number.isNaN(this.#arrived) || !(now - this.#arrived > limit) || intervalMs === 0)
      return undefined;
    this.#silent = true;
    return { fault: 'gap', from: this.#arrived, foundAt: this.#arrived + limit, amount: now - this.#arrived };
  }

  state(): State {
    return {
      numbers: [this.#time, this.#arrived, this.#value, this.#run, this.#runFrom],
      flags: [this.#silent, this.#stuck, this.#skewed],
    };
  }

  #clock(time: number, arrived: number, found: DataFinding[]): void {
    const { lag, intervalMs } = this.#profile;
    const skew = lag ? lag.usual - (arrived - time) : 0;
    const wrong = lag
      ? Math.abs(skew) > Math.max(leastSkewMs, lagFactor * lag.spread)
      : time < this.#time - Math.max(leastSkewMs, intervalMs / 2);
    if (wrong && !this.#skewed)
      found.push({ fault: 'clock-skew', from: arrived, foundAt: arrived, amount: lag ? skew : this.#time - time });
    this.#skewed = wrong && lag !== null;
  }

  #count(time: number, value: number, arrived: number, found: DataFinding[]): void {
    const passed = Math.max(arrived - this.#arrived, time - this.#time, this.#profile.intervalMs);
    const most = fasterThanEver * this.#profile.fastest * passed;
    const rise = value - this.#value;
    if (rise >= 0 && rise <= Math.max(most, 1)) return;
    const width = 10 ** Math.ceil(Math.log10(Math.max(this.#value, 1)));
    const across = width - this.#value + value;
    const rolled = rise < 0 && this.#value >= (1 - nearFull) * width && across <= Math.max(most, 1);
    // A register is read with the noise of its last digit: a fall of one is none.
    if (!rolled && rise < 0 && -rise <= Math.max(1e-6 * this.#value, 1)) return;
    found.push({
      fault: rolled ? 'meter-rollover' : 'meter-change',
      ...{ from: arrived, foundAt: arrived, amount: value },
    });
  }

  #same(value: number, arrived: number, found: DataFinding[]): void {
    if (value !== this.#value) {
      [this.#run, this.#runFrom, this.#stuck] = [1, arrived, false];
      return;
    }
    this.#run += 1;
    if (this.#stuck) return;
    const rest = this.#profile.rests.find((one) => one.value === value);
    const limit = rest ? restFactor * rest.readings : sameFactor * this.#profile.sameReadings;
    if (this.#run <= Math.max(leastSame, limit)) return;
    this.#stuck = true;
    found.push({ fault: 'stuck-value', from: this.#runFrom, foundAt: arrived, amount: value });
  }
}
