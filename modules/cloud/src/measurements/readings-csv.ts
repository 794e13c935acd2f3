import { Temporal } from 'temporal-polyfill';
import type { Point } from '../points/service.ts';
import { qualityName } from '../quality.ts';
import type { Series } from './measurement-repository.ts';

export const readingsCsvHeader = 'time,point,unit,value,quality\r\n';

const quarterHourMs = 900_000;

/** Writes times as ISO 8601 on the clock of a zone, with its offset: `2026-03-14T06:15:00+08:00`, fractions where there are any. */
class ZonedTimes {
  #timezone: string;
  #slot = Number.NaN;
  #offsetMs = 0;
  #offset = 'Z';

  constructor(timezone: string) {
    this.#timezone = timezone;
  }

  /** `time` in milliseconds since 1970. */
  write(time: number): string {
    const slot = Math.floor(time / quarterHourMs);
    // No clock changes within a quarter of an hour; asking for every reading would cost more than reading it.
    if (slot !== this.#slot) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(slot * quarterHourMs).toZonedDateTimeISO(this.#timezone);
      this.#slot = slot;
      this.#offsetMs = zoned.offsetNanoseconds / 1e6;
      this.#offset = zoned.offset;
    }
    const whole = Math.floor(time);
    const text = new Date(whole + this.#offsetMs).toISOString().slice(0, 23);
    const microseconds = Math.round((time - whole) * 1000);
    if (microseconds > 0) return `${text}${String(microseconds).padStart(3, '0')}${this.#offset}`;
    return `${text.endsWith('.000') ? text.slice(0, 19) : text}${this.#offset}`;
  }
}

const quoted = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Lines of one point, one reading each; `cloud import` takes them again as they are. */
export function readingsCsv({ name, unit, timezone }: Point, { time, value, quality }: Series): string {
  const times = new ZonedTimes(timezone);
  const what = `,${quoted(name)},${quoted(unit)},`;
  let text = '';
  for (let index = 0; index < time.length; index += 1)
    text += `${times.write(time[index]!)}${what}${value[index]},${qualityName(quality[index]!)}\r\n`;
  return text;
}
