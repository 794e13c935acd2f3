import { wallTime } from '../../../app/i18n/wall-clock.ts';
import type { CountRow } from '../types.ts';

export interface CountBars {
  readonly ruleId: string;
  /** Beginnings of the stretches, in milliseconds since 1970, without gaps. */
  readonly times: readonly number[];
  readonly in: readonly number[];
  readonly out: readonly number[];
  readonly unconfirmedIn: readonly number[];
  readonly unconfirmedOut: readonly number[];
  readonly totals: Readonly<Record<Figure, number>>;
}

type Figure = 'in' | 'out' | 'unconfirmedIn' | 'unconfirmedOut';

const dayMs = 86_400_000;

/** The beginning of the quarter hour, hour or day that a moment lies in, on the clock of a zone of IANA. */
export function bucketStart(time: number, bucketMinutes: number, zone: string): number {
  const second = Math.floor(time / 1000) * 1000;
  const start = second - (wallTime(second, zone) % (bucketMinutes * 60_000));
  if (bucketMinutes < 1440) return start;
  // Where the clock changed since midnight, so many milliseconds as the day is longer or shorter are left.
  const off = wallTime(start, zone) % dayMs;
  return off > dayMs / 2 ? start + dayMs - off : start - off;
}

/** Rows of all rules as one set of bars for each rule; a stretch in which nothing crossed is a zero, not a gap. */
export function countBars(
  rows: readonly CountRow[],
  { from, to, bucketMinutes, zone }: { from: number; to: number; bucketMinutes: number; zone: string },
): CountBars[] {
  // Some zones move their clocks by half an hour: what the server begins elsewhere than the grid has a bar as well.
  const starts = new Set(rows.map(({ start }) => Date.parse(start)));
  const next = (start: number) =>
    bucketMinutes < 1440 ? start + bucketMinutes * 60_000 : bucketStart(start + 1.25 * dayMs, bucketMinutes, zone);
  for (let start = bucketStart(from, bucketMinutes, zone); start < to; start = next(start)) starts.add(start);
  const times = [...starts].sort((a, b) => a - b);
  return [...Map.groupBy(rows, ({ ruleId }) => ruleId)].map(([ruleId, own]) => {
    const byTime = new Map(own.map((row) => [Date.parse(row.start), row]));
    const series = (figure: Figure) => times.map((time) => byTime.get(time)?.[figure] ?? 0);
    const total = (figure: Figure) => own.reduce((sum, row) => sum + row[figure], 0);
    return {
      ...{ ruleId, times, in: series('in'), out: series('out') },
      ...{ unconfirmedIn: series('unconfirmedIn'), unconfirmedOut: series('unconfirmedOut') },
      totals: {
        ...{ in: total('in'), out: total('out') },
        ...{ unconfirmedIn: total('unconfirmedIn'), unconfirmedOut: total('unconfirmedOut') },
      },
    };
  });
}
