import type { NumberColumn } from '../../table/table.ts';
import { LocalClock } from '../calendar/local-clock.ts';
import { timeAt } from '../series-set.ts';
import type { SeriesSet } from '../types.ts';

const day = 86_400_000;
const hour = 3_600_000;
/** How many of the last values, and of the same phase of seasons before, are looked at. */
const [lastValues, seasonsBack] = [3, 4];

/** What is to be told: the value `step` steps after a history of `origin` values, of one series. */
export interface Questions {
  readonly series: Int32Array;
  readonly origin: Int32Array;
  /** From 0. */
  readonly step: Int32Array;
}

/**
 * What trees see of a question: how far ahead it is, the clock and the known inputs at the time that is asked for, and the series before the origin, as
 * deviations from its mean over the last season in parts of its scale, so that series of any size teach one model. `level` is that mean.
 */
export class LagFeatures {
  readonly names: readonly string[];
  readonly #set: SeriesSet;
  readonly #filled: readonly Float64Array[];
  readonly #scales: Float64Array;
  readonly #seasons: readonly number[];
  readonly #sums: readonly Float64Array[];
  readonly #clock: LocalClock;

  /** @param filled the set's series without gaps, as long as the history that questions are asked of */
  constructor(set: SeriesSet, filled: readonly Float64Array[], scales: Float64Array, seasons: readonly number[]) {
    this.#set = set;
    this.#filled = filled;
    this.#scales = scales;
    this.#seasons = seasons;
    this.#sums = filled.map(runningSums);
    this.#clock = new LocalClock(set.timezone);
    this.names = [
      'step',
      ...(set.step < day ? ['hour'] : []),
      ...(set.step < 7 * day ? ['weekday'] : []),
      ...(set.step >= day ? ['day of the year'] : []),
      ...Array.from({ length: lastValues }, (_, back) => `last ${back + 1}`),
      ...seasons.flatMap((season) =>
        Array.from({ length: seasonsBack }, (_, back) => `same phase of ${season}, ${back + 1} before`),
      ),
      ...seasons.flatMap((season) => [`mean of ${season}`, `mean of the ${season} before`]),
      ...set.known.map(({ name }) => `known ${name}`),
      ...(seasons.length > 0 ? set.known.map(({ name }) => `known ${name}, a season before`) : []),
    ];
  }

  /** The level that a question is asked relative to, and the scale that it is asked in. */
  base(series: number, origin: number): number {
    return this.#meanBefore(series, origin, this.#seasons.at(-1) ?? 8);
  }

  scale(series: number): number {
    return this.#scales[series]!;
  }

  columns({ series, origin, step }: Questions): NumberColumn[] {
    const rows = series.length;
    const columns = this.names.map((name) => ({ kind: 'number' as const, name, values: new Float64Array(rows) }));
    const { known } = this.#set;
    for (let row = 0; row < rows; row++) {
      const [own, before, ahead] = [series[row]!, origin[row]!, step[row]!];
      const x = this.#filled[own]!;
      const base = this.base(own, before);
      const scale = this.#scales[own]!;
      const at = before + ahead;
      let column = 0;
      const put = (value: number) => {
        columns[column++]!.values[row] = value;
      };
      const relative = (place: number) => (place < 0 ? Number.NaN : (x[place]! - base) / scale);
      put(ahead);
      const wall = this.#clock.wall(timeAt(this.#set, at));
      if (this.#set.step < day) put((((wall % day) + day) % day) / hour);
      if (this.#set.step < 7 * day) put((((Math.floor(wall / day) + 4) % 7) + 7) % 7);
      if (this.#set.step >= day) put(dayOfYear(wall));
      for (let back = 1; back <= lastValues; back++) put(relative(before - back));
      for (const season of this.#seasons) {
        const first = at - season * Math.ceil((ahead + 1) / season);
        for (let back = 0; back < seasonsBack; back++) put(relative(first - back * season));
      }
      for (const season of this.#seasons) {
        put((this.#meanBefore(own, before, season) - base) / scale);
        put(before > season ? (this.#meanBefore(own, before - season, season) - base) / scale : Number.NaN);
      }
      for (const { values } of known) put(finite(values[at]));
      if (this.#seasons.length > 0) {
        const back = at - this.#seasons.at(-1)! * Math.ceil((ahead + 1) / this.#seasons.at(-1)!);
        for (const { values } of known) put(finite(values[back]));
      }
    }
    return columns;
  }

  #meanBefore(series: number, origin: number, count: number): number {
    const sums = this.#sums[series]!;
    const from = Math.max(0, origin - count);
    return origin === from ? 0 : (sums[origin]! - sums[from]!) / (origin - from);
  }
}

function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let at = 0; at < values.length; at++) sums[at + 1] = sums[at]! + values[at]!;
  return sums;
}

const finite = (value: number | undefined): number =>
  value !== undefined && Number.isFinite(value) ? value : Number.NaN;

function dayOfYear(wall: number): number {
  const date = new Date(wall);
  return Math.floor((wall - Date.UTC(date.getUTCFullYear(), 0, 1)) / day);
}
