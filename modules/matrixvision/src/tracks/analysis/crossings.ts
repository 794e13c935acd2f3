import { Temporal } from 'temporal-polyfill';
import type { Observation } from '../../observation.ts';
import type { RuleEvent } from '../../rules/rule.ts';
import { parseRules } from '../../rules/rules-file.ts';
import { replay } from '../replay.ts';

export interface CrossingQuestion {
  /** Corners of the line in fractions of the picture. */
  readonly line: readonly (readonly [number, number])[];
  readonly classes?: readonly string[];
  /** Milliseconds since 1970; `to` is left out. */
  readonly from?: number;
  readonly to?: number;
}

/** Who crossed here between two times: each crossing with its track, time, direction and positions. */
export function whoCrossed(
  observations: Iterable<Observation>,
  { line, classes, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: CrossingQuestion,
): RuleEvent[] {
  const rule = { id: 'here', kind: 'line-crossing', line, ...(classes && { classes }) };
  // The whole stream is followed, since who crosses at the hour may have begun before it.
  const { events } = replay(observations, parseRules({ version: 1, rules: [rule] }));
  return events.filter(({ at }) => at >= from && at < to).sort((a, b) => a.at - b.at);
}

export interface QuarterHour {
  /** Its beginning, milliseconds since 1970. */
  readonly from: number;
  readonly in: number;
  readonly out: number;
  readonly unconfirmedIn: number;
  readonly unconfirmedOut: number;
}

/** Crossings by quarter of an hour on the clock of a zone of IANA, from the first to the last one; quarters without are there too. */
export function byQuarterHour(events: readonly RuleEvent[], zone: string): QuarterHour[] {
  const minutes = 15;
  const quarterOf = (time: number): number => {
    const local = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone);
    // Zones are off by halves and quarters of hours, so this is the same as rounding down in UTC but for history.
    return local.round({ smallestUnit: 'minute', roundingIncrement: minutes, roundingMode: 'floor' }).epochMilliseconds;
  };
  const counted = new Map<number, { in: number; out: number; unconfirmedIn: number; unconfirmedOut: number }>();
  for (const { crossing, at, confirmed } of events) {
    if (!crossing) continue;
    const quarter = quarterOf(at);
    const counts = counted.get(quarter) ?? { in: 0, out: 0, unconfirmedIn: 0, unconfirmedOut: 0 };
    counted.set(quarter, counts);
    counts[confirmed ? crossing.direction : crossing.direction === 'in' ? 'unconfirmedIn' : 'unconfirmedOut'] += 1;
  }
  if (counted.size === 0) return [];
  const [first, last] = [Math.min(...counted.keys()), Math.max(...counted.keys())];
  const quarters: QuarterHour[] = [];
  const none = { in: 0, out: 0, unconfirmedIn: 0, unconfirmedOut: 0 };
  for (let from = first; from <= last; from += minutes * 60_000)
    quarters.push({ from, ...(counted.get(from) ?? none) });
  return quarters;
}
