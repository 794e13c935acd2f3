export interface SyntheticCsvOptions {
  /** Value columns of the wide layout, points of the long one. Default 10. */
  readonly columns?: number;
  readonly layout?: 'wide' | 'long';
}

/**
 * A CSV of about `bytes` bytes, made as it is read: one row a second from 2000 on (long: one row a point). For tests and
 * benchmarks of files that would be too large to keep. Ends after a whole hour of rows, so it is up to 1 MB longer.
 */
export function* syntheticCsv(bytes: number, options: SyntheticCsvOptions = {}): Generator<Buffer> {
  const columns = options.columns ?? 10;
  const long = options.layout === 'long';
  const names = Array.from({ length: columns }, (_, index) => `meter_${index + 1}_kW`);
  const header = long ? 'time,point,value' : `time,${names.join(',')}`;
  yield Buffer.from(`${header}\n`);
  const rows = hourOfRows(names, long);
  let left = bytes;
  for (let hour = 0; left > 0; hour++) {
    // Only date and hour differ, so making the file costs little beside reading it.
    const prefix = new Date(Date.UTC(2000, 0, 1, hour)).toISOString().slice(0, 13).replace('T', ' ');
    const chunk = Buffer.from(`${prefix}${rows.join(`\n${prefix}`)}\n`);
    left -= chunk.length;
    yield chunk;
  }
}

function hourOfRows(names: readonly string[], long: boolean): string[] {
  const rows: string[] = [];
  for (let second = 0; second < 3600; second++) {
    const clock = new Date(second * 1000).toISOString().slice(13, 19);
    const values = names.map((_, index) => ((second * 0.11 + index * 1.7) % 997).toFixed(2));
    if (long) rows.push(...names.map((name, index) => `${clock},${name},${values[index]}`));
    else rows.push(`${clock},${values.join(',')}`);
  }
  return rows;
}
