import { fileErrors } from './errors.ts';
import type { TimeMapping } from './file-mapping.ts';
import { compileTimeFormat, type TimeReader } from './time-format.ts';
import { type ClockHand, type RowOrder, ZoneClock } from './zone-clock.ts';

const DAY = 86_400_000;

/** The times of a table's rows, as a mapping says. Throws FILE_TIME_FORMAT_INVALID, FILE_TIME_ZONE_UNKNOWN. */
export class RowTimes {
  readonly #mapping: TimeMapping;
  readonly #reader: TimeReader;
  readonly #clock: ZoneClock;
  readonly #order: RowOrder;
  /** Wall clock of the row read last, or UTC where its text carried an offset. */
  wall = 0;

  constructor(mapping: TimeMapping) {
    this.#mapping = mapping;
    this.#reader = compileTimeFormat(mapping.format);
    if (!this.#reader.dated)
      throw fileErrors.FILE_TIME_FORMAT_INVALID({ format: mapping.format, problem: 'it names no day' });
    this.#clock = new ZoneClock(mapping.timezone);
    const { order, stamp, intervalSeconds } = mapping;
    this.#order = { order, stamp, intervalMs: (intervalSeconds ?? 0) * 1000 };
  }

  /** Whether the row's time could be read; then `wall` is it. */
  read(text: string, starts: Int32Array, ends: Int32Array): boolean {
    const { columns } = this.#mapping;
    const at = columns[0]! - 1;
    const read =
      columns.length === 1 ? this.#reader.read(text, starts[at]!, ends[at]!) : this.#joined(text, starts, ends);
    if (!read) return false;
    const { wall, hour24 } = this.#reader;
    const late = this.#mapping.midnightBelongsToPreviousDay && wall % DAY === 0 && !hour24;
    this.wall = late ? wall + DAY : wall;
    return true;
  }

  /** The time as the row writes it. */
  text(text: string, starts: Int32Array, ends: Int32Array): string {
    const { columns } = this.#mapping;
    return columns.map((column) => text.slice(starts[column - 1], ends[column - 1]).trim()).join(' ');
  }

  /** Milliseconds since 1970; NaN where the clocks skipped that hour. `hand` remembers the series it belongs to. */
  toUtc(wall: number, hand: ClockHand): number {
    return this.#reader.absolute ? wall : this.#clock.toUtc(wall, hand, this.#order);
  }

  #joined(text: string, starts: Int32Array, ends: Int32Array): boolean {
    const time = this.text(text, starts, ends);
    return this.#reader.read(time, 0, time.length);
  }
}
