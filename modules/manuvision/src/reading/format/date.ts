/** Shapes of dates whose order nobody can mistake, or, of the last three, in which the day stands first as in most of the world. */
export const usualDates = [
  'YYYY-MM-DD',
  'YYYY/MM/DD',
  'YYYY.MM.DD',
  'YYYYMMDD',
  'YYYY年MM月DD日',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'DD-MM-YYYY',
];

const parts: Record<string, string> = {
  YYYY: '(?:19|20)\\d\\d',
  YY: '\\d\\d',
  MM: '(?:0[1-9]|1[0-2])',
  DD: '(?:0[1-9]|[12]\\d|3[01])',
  DDD: '(?:[0-2]\\d\\d|3[0-6]\\d)',
};

/** The regular expression of a shape such as `YYYY-MM-DD`; `DDD` is the day of the year. Undefined where it names no year. */
export function datePattern(shape: string): string | undefined {
  if (!/YY/.test(shape)) return undefined;
  return shape.replace(/YYYY|YY|MM|DDD|DD|[\s\S]/g, (part) => parts[part] ?? part.replace(/[^0-9A-Za-z\s]/g, '\\$&'));
}

/** The day as ISO 8601, or undefined where the text does not fit the shape or the calendar has no such day. */
export function dateOf(text: string, shape: string): string | undefined {
  const names: string[] = [];
  const source = shape.replace(/YYYY|YY|MM|DDD|DD|[\s\S]/g, (part) => {
    if (!parts[part]) return part.replace(/[^0-9A-Za-z\s]/g, '\\$&');
    names.push(part);
    return `(\\d{${part.length}})`;
  });
  const found = new RegExp(`^${source}$`).exec(text);
  if (!found) return undefined;
  const value = (name: string): number | undefined =>
    names.includes(name) ? Number(found[names.indexOf(name) + 1]) : undefined;
  const short = value('YY');
  // Two digits are of this century: goods that carry a code are not older.
  const year = value('YYYY') ?? (short === undefined ? undefined : 2000 + short);
  if (year === undefined) return undefined;
  const ofYear = value('DDD');
  const month = ofYear === undefined ? (value('MM') ?? 1) : 1;
  const day = ofYear ?? value('DD') ?? 1;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || (ofYear === undefined && date.getUTCMonth() !== month - 1)) return undefined;
  if (ofYear === undefined && date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}
