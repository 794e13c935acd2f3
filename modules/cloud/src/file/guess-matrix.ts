/**
 * A day in a row: columns named 00:15, 00:30, ... 24:00, or 00:00-00:15, or 1 to 96, as collection systems export load
 * curves. Gives the minute of the day of each such column (from 1); undefined when the table is none of these.
 */
export function guessMatrix(header: readonly string[]): { minutes: Map<number, number>; ordinal: boolean } | undefined {
  const clock = byClock(header);
  if (clock !== undefined) return { minutes: clock, ordinal: false };
  const ordinal = byNumber(header);
  return ordinal === undefined ? undefined : { minutes: ordinal, ordinal: true };
}

const clockName =
  /^\D{0,3}?(\d{1,2})\s*[:：时時点點]\s*(\d{2})?(?::00)?分?(?:\s*[-~～至]\s*\d{1,2}[:：]\d{2}(?::00)?)?$/;

function byClock(header: readonly string[]): Map<number, number> | undefined {
  const minutes = new Map<number, number>();
  let before = -1;
  for (const [index, name] of header.entries()) {
    const match = clockName.exec(name.trim().replace(/ \(\d+\)$/, ''));
    if (match === null) continue;
    let minute = Number(match[1]) * 60 + Number(match[2] ?? 0);
    // 00:00 after 23:45 is the end of the day.
    if (minute === 0 && before > 0) minute = 1440;
    if (minute <= before || minute > 1440) return undefined;
    minutes.set(index + 1, minute);
    before = minute;
  }
  return minutes.size >= 20 ? minutes : undefined;
}

const perDay = [24, 48, 96, 144, 288, 1440];

/** Columns 1 to 96, P1 to P96: number n is taken as the end of the n-th interval. */
function byNumber(header: readonly string[]): Map<number, number> | undefined {
  const numbered = header.flatMap((name, index) => {
    const match = /^(?:[A-Za-z]{0,5}_?|点|點|第)(\d{1,4})(?:点|點)?$/.exec(name.trim());
    return match === null ? [] : [{ column: index + 1, number: Number(match[1]) }];
  });
  const count = numbered.length;
  const first = numbered[0]?.number;
  if (!perDay.includes(count) || (first !== 0 && first !== 1)) return undefined;
  if (numbered.some(({ number }, index) => number !== first + index)) return undefined;
  return new Map(numbered.map(({ column, number }) => [column, (number * 1440) / count]));
}
