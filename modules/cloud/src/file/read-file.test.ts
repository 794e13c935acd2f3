import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { Quality } from '../quality.ts';
import { type FileMapping, parseFileMapping } from './file-mapping.ts';
import { readFile } from './read-file.ts';
import { syntheticCsv } from './synthetic-csv.ts';
import { bytes, lines, readAll } from './test-support.ts';

function wide(changes: Record<string, unknown> = {}): FileMapping {
  return parseFileMapping({
    header: ['time', 'a', 'b'],
    time: { columns: [1], format: 'YYYY-MM-DD HH:mm' },
    columns: [
      { column: 1, header: 'time', role: 'time' },
      { column: 2, header: 'a', role: 'value', kind: 'delta', unit: 'kW.h' },
      { column: 3, header: 'b', role: 'value', kind: 'gauge' },
    ],
    ...changes,
  });
}

function long(changes: Record<string, unknown> = {}): FileMapping {
  return parseFileMapping({
    header: ['time', 'point', 'value', 'unit', 'quality'],
    layout: 'long',
    time: { columns: [1], format: 'YYYY-MM-DD HH:mm' },
    columns: [
      { column: 1, header: 'time', role: 'time' },
      { column: 2, header: 'point', role: 'point' },
      { column: 3, header: 'value', role: 'value' },
      { column: 4, header: 'unit', role: 'unit' },
      { column: 5, header: 'quality', role: 'quality', qualities: { G: 'good', S: 'substituted' } },
    ],
    ...changes,
  });
}

const day = '2023-01-05';

describe('reading the wide layout', () => {
  it('delivers one reading per filled cell, and counts gaps', async () => {
    const text = `time,a,b\n${day} 00:15,1.5,2\n${day} 00:30,,NA\n\n${day} 00:45,3,4\n`;
    const { lines: found, rows, summary, rejections } = await readAll(bytes(text), wide());
    expect(found).toEqual([
      `a ${day}T00:15:00Z 1.5`,
      `b ${day}T00:15:00Z 2`,
      `a ${day}T00:45:00Z 3`,
      `b ${day}T00:45:00Z 4`,
    ]);
    expect(rows).toEqual([1, 1, 3, 3]);
    expect(rejections).toEqual([]);
    expect(summary).toMatchObject({ rows: 3, readings: 4, gaps: 2, rowsRejected: 0, cellsRejected: 0 });
    expect(summary.from).toBe(Date.parse(`${day}T00:15Z`));
    expect(summary.to).toBe(Date.parse(`${day}T00:45Z`));
    expect(summary.points).toMatchObject([
      { key: 'a', kind: 'delta', unit: 'kW.h', count: 2 },
      { key: 'b', kind: 'gauge', count: 2 },
    ]);
  });

  it('rejects a bad cell and keeps the others of its row', async () => {
    const text = `time,a,b\n${day} 00:15,oops,2\n${day} 00:30,1e20,3\n`;
    const { lines: found, rejections, summary } = await readAll(bytes(text), wide());
    expect(found).toEqual([`b ${day}T00:15:00Z 2`, `b ${day}T00:30:00Z 3`]);
    expect(rejections).toEqual([
      {
        code: 'not-a-number',
        reason:
          'Row 1 (line 2 of the file), column "a", holds "oops", which is not a number; the other columns of the row were kept.',
        key: 'a',
        row: 1,
        raw: `${day} 00:15,oops,2`,
        time: Date.parse(`${day}T00:15Z`),
      },
      expect.objectContaining({ code: 'out-of-range', row: 2, key: 'a' }),
    ]);
    expect(summary).toMatchObject({ cellsRejected: 2, rowsRejected: 0 });
  });

  it('rejects rows without a readable time, of another width, or from before 1970', async () => {
    const text = `time,a,b\n2023-13-05 00:15,1,2\n,1,2\n${day} 00:15,1\n${day} 00:30,1,2,3\n${day} 00:45,1,2,,\n1969-12-31 23:59,1,2\n`;
    const { lines: found, rejections } = await readAll(bytes(text), wide());
    expect(found).toEqual([`a ${day}T00:45:00Z 1`, `b ${day}T00:45:00Z 2`]);
    expect(rejections.map(({ code, row, reason }) => `${code} ${row} ${reason}`)).toEqual([
      'malformed 1 Row 1 (line 2 of the file) has the time "2023-13-05 00:15", which does not fit YYYY-MM-DD HH:mm; the row was left out.',
      'malformed 2 Row 2 (line 3 of the file) has no time; the row was left out.',
      'malformed 3 Row 3 (line 4 of the file) has 2 columns where the table has 3; the row was left out.',
      'malformed 4 Row 4 (line 5 of the file) has 4 columns where the table has 3; the row was left out.',
      'before-1970 6 Row 6 (line 7 of the file) has the time "1969-12-31 23:59", which is before 1970; the row was left out.',
    ]);
    expect(rejections[2]!.raw).toBe(`${day} 00:15,1`);
  });

  it('loses only the line of a quote that is never closed, and lines with NUL bytes', async () => {
    const text = `time,a,b\n${day} 00:15,1,2\n${day} 00:30,"1,2\n${day} 00:45,\0,2\n${lines(3000, () => `${day} 01:00,1,2`)}`;
    const { rejections, summary } = await readAll(bytes(text), wide());
    expect(rejections.map(({ code, row }) => `${code} ${row}`)).toEqual(['malformed 2', 'malformed 3']);
    expect(summary).toMatchObject({ rows: 3003, readings: 6002, rowsRejected: 2 });
  });

  it('keeps at most 4 KiB of a rejected row', async () => {
    const { rejections } = await readAll(bytes(`time,a,b\nx${'y'.repeat(10_000)},1,2\n`), wide());
    expect(rejections[0]!.raw).toHaveLength(4096);
    expect(rejections[0]!.reason.length).toBeLessThan(200);
  });

  it('rejects a line that never ends, and reads on after it', async () => {
    const text = `time,a,b\n${day} 00:15,1,2\n${'9'.repeat(6_000_000)}\n${day} 00:30,1,2\n`;
    const { rejections, summary } = await readAll(bytes(text), wide());
    expect(summary).toMatchObject({ rows: 3, readings: 4, rowsRejected: 1 });
    expect(rejections[0]).toMatchObject({ code: 'malformed', row: 2 });
    expect(rejections[0]!.raw!.length).toBeLessThanOrEqual(4096);
  });

  it('refuses a table with other columns than the mapping was made for', async () => {
    await expect(readAll(bytes(`time,a,c\n${day} 00:15,1,2\n`), wide())).rejects.toThrow(
      /column 3 to be "b".*has "c" there/,
    );
    await expect(readAll(bytes(`time,a\n${day} 00:15,1\n`), wide())).rejects.toThrow(/only 2 columns/);
  });

  it('puts rows stamped 00:00 at the end of the day they name, when the mapping says so', async () => {
    const time = {
      columns: [1],
      format: 'YYYY-MM-DD HH:mm',
      midnightBelongsToPreviousDay: true,
      timezone: 'Asia/Seoul',
    };
    const text = `time,a,b\n${day} 23:45,1,\n${day} 00:00,2,\n2023-01-06 24:00,3,\n`;
    const { lines: found } = await readAll(bytes(text), wide({ time }));
    expect(found).toEqual([`a ${day}T14:45:00Z 1`, `a ${day}T15:00:00Z 2`, 'a 2023-01-06T15:00:00Z 3']);
  });

  it('reads the repeated hour by the order of rows and rejects the skipped one with a reason', async () => {
    const time = { columns: [1], format: 'YYYY-MM-DD HH:mm', timezone: 'Europe/Berlin', intervalSeconds: 1800 };
    const autumn = ['02:00', '02:30', '02:00', '02:30', '03:00'].map((clock) => `2023-10-29 ${clock},1,`).join('\n');
    const spring = '2023-03-26 01:30,1,\n2023-03-26 02:30,1,\n2023-03-26 03:00,1,';
    const { lines: found, rejections } = await readAll(bytes(`time,a,b\n${spring}\n${autumn}\n`), wide({ time }));
    expect(found.map((line) => line.slice(7, 18))).toEqual(
      ['03-26T00:30', '03-26T01:00', '10-29T00:00', '10-29T00:30', '10-29T01:00', '10-29T01:30', '10-29T02:00'].map(
        (text) => text,
      ),
    );
    expect(rejections).toHaveLength(1);
    expect(rejections[0]!.reason).toMatch(/does not exist in Europe\/Berlin.*set the time zone to its fixed offset/);
  });

  it('reads separate columns for date and time', async () => {
    const mapping = wide({
      header: ['d', 't', 'a'],
      time: { columns: [1, 2], format: 'DD.MM.YYYY HH:mm', timezone: 'Europe/Berlin' },
      columns: [
        { column: 1, role: 'time' },
        { column: 2, role: 'time' },
        { column: 3, header: 'a', role: 'value' },
      ],
      delimiter: ';',
      decimal: ',',
    });
    const { lines: found } = await readAll(bytes('d;t;a\n05.01.2023;08:15;1,5\n'), mapping);
    expect(found).toEqual(['a 2023-01-05T07:15:00Z 1.5']);
  });

  it('cuts batches of the size asked for, each with its own memory', async () => {
    const text = `time,a,b\n${lines(25, (row) => `${day} 00:${String(row).padStart(2, '0')},${row},-${row}`)}`;
    const sizes: number[] = [];
    const values: number[] = [];
    const announced: string[] = [];
    for await (const batch of readFile(bytes(text), wide(), { batchSize: 20 })) {
      sizes.push(batch.length);
      values.push(...batch.value);
      announced.push(...batch.announced.map((point) => point.key));
    }
    expect(sizes).toEqual([20, 20, 10]);
    expect(values.slice(0, 6)).toEqual([0, 0, 1, -1, 2, -2]);
    expect(announced).toEqual(['a', 'b']);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const reading = readFile(syntheticCsv(20e6) as unknown as AsyncIterable<Uint8Array>, syntheticMapping('wide'), {
      signal: controller.signal,
    });
    const read = async () => {
      for await (const batch of reading) if (batch.length > 0) controller.abort(new Error('enough'));
    };
    await expect(read()).rejects.toThrow('enough');
    expect(reading.summary.readings).toBeLessThan(1e6);
  });

  it('reads gzip, and refuses an empty file and one that is not there', async () => {
    const text = `time,a,b\n${day} 00:15,1,2\n`;
    expect((await readAll(gzipSync(text), wide())).lines).toHaveLength(2);
    await expect(readAll(Buffer.alloc(0), wide())).rejects.toMatchObject({ code: 'FILE_EMPTY' });
    await expect(readAll('/nowhere/x.csv', wide())).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(readAll(gzipSync(text).subarray(0, 20), wide())).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

describe('encodings', () => {
  const text = `时间,用电量(kWh),b\n${day} 00:15,1,2\n${day} 00:30,3,4\n`;
  const header = ['时间', '用电量(kWh)', 'b'];
  const columns = [
    { column: 1, role: 'time' as const },
    { column: 2, header: '用电量(kWh)', role: 'value' as const },
    { column: 3, header: 'b', role: 'value' as const },
  ];
  const encoded: [FileMapping['encoding'], Buffer][] = [
    ['utf-8', bytes(text)],
    ['utf-8', bytes(`\ufeff${text}`)],
    ['gb18030', iconv.encode(text, 'gb18030')],
    ['utf-16le', iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['utf-16le', iconv.encode(text, 'utf-16le', { addBOM: false })],
    ['utf-16be', iconv.encode(text, 'utf-16be', { addBOM: true })],
    ['utf-16be', iconv.encode(text, 'utf-16be', { addBOM: false })],
    ['utf-8', iconv.encode(text, 'utf-16le', { addBOM: true })],
  ];

  it.each(encoded)('reads %s, also when it comes in pieces of any size', async (encoding, file) => {
    for (const size of [1, 3, 7, file.length]) {
      async function* pieces() {
        for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
      }
      const { lines: found, rejections } = await readAll(pieces(), wide({ header, columns, encoding }));
      expect(rejections).toEqual([]);
      expect(found[3]).toBe(`b ${day}T00:30:00Z 4`);
      expect(found[0]).toBe(`用电量(kWh) ${day}T00:15:00Z 1`);
    }
  });

  it('rejects only the lines whose bytes are of another encoding', async () => {
    const before = bytes(`time,a,b\n${day} 00:15,1,2\n`);
    const strange = Buffer.concat([bytes(`${day} 00:30,`), iconv.encode('停电', 'gb18030'), bytes(',2\n')]);
    const after = bytes(`${day} 00:45,5,6\n`);
    const { lines: found, rejections } = await readAll(Buffer.concat([before, strange, after]), wide());
    expect(found).toHaveLength(4);
    expect(rejections).toMatchObject([{ code: 'malformed', row: 2 }]);
    expect(rejections[0]!.reason).toBe(
      'Row 2 (line 3 of the file) has bytes that are not UTF-8; the row was left out.',
    );
    expect(rejections[0]!.raw).toContain(`${day} 00:30`);
  });

  it('reads line ends of old Macintosh programs', async () => {
    const file = bytes(`time,a,b\r${day} 00:15,1,2\r${day} 00:30,3,4\r`);
    expect((await readAll(file, wide({ lineEnd: 'cr' }))).lines).toHaveLength(4);
  });
});

describe('reading the long layout', () => {
  it('makes a point of each text, with its unit and quality', async () => {
    const text = `time,point,value,unit,quality\n${day} 00:15,P1,1,kWh,G\n${day} 00:15,P2,2,°C,S\n${day} 00:30,P1,3,kWh,?\n`;
    const { lines: found, qualities, summary } = await readAll(bytes(text), long());
    expect(found).toEqual([`P1 ${day}T00:15:00Z 1`, `P2 ${day}T00:15:00Z 2`, `P1 ${day}T00:30:00Z 3`]);
    expect(qualities).toEqual([Quality.good, Quality.substituted, Quality.uncertain]);
    expect(summary.points).toMatchObject([
      { key: 'P1', unit: 'kW.h', unitText: 'kWh', count: 2 },
      { key: 'P2', unit: 'Cel', count: 1 },
    ]);
  });

  it('rejects a row without a point and one whose unit changed; an unknown unit is only passed on', async () => {
    const text = `time,point,value,unit,quality\n${day} 00:15,,1,kWh,G\n${day} 00:15,P,1,kWh,G\n${day} 00:30,P,1,Wh,G\n${day} 00:30,Q,1,furlong,G\n`;
    const { rejections, summary } = await readAll(bytes(text), long());
    expect(rejections.map(({ code }) => code)).toEqual(['unknown-point', 'unknown-unit']);
    expect(rejections[1]!.reason).toContain('gives "P" in "Wh", but earlier rows gave it in "kWh"');
    const { unit, unitText } = summary.points[1]!;
    expect({ unit, unitText }).toEqual({ unit: undefined, unitText: 'furlong' });
  });

  it('keeps the two passes of the repeated hour apart for each point', async () => {
    const time = { columns: [1], format: 'YYYY-MM-DD HH:mm', timezone: 'Europe/Berlin', intervalSeconds: 3600 };
    const rows = ['02:00,P', '02:00,Q', '02:00,P', '02:00,Q'].map((row) => `2023-10-29 ${row},1,kWh,G`).join('\n');
    const { lines: found } = await readAll(bytes(`time,point,value,unit,quality\n${rows}\n`), long({ time }));
    expect(found.map((line) => `${line[0]} ${line.slice(13, 18)}`)).toEqual([
      'P 00:00',
      'Q 00:00',
      'P 01:00',
      'Q 01:00',
    ]);
  });

  it('names points by both when there are several value columns', async () => {
    const mapping = long({
      header: ['time', 'meter', 'kWh', 'kW'],
      columns: [
        { column: 1, role: 'time' },
        { column: 2, role: 'point' },
        { column: 3, header: 'kWh', role: 'value', kind: 'counter' },
        { column: 4, header: 'kW', role: 'value', kind: 'gauge' },
      ],
    });
    const { lines: found } = await readAll(
      bytes(`time,meter,kWh,kW\n${day} 00:15,M1,10,5\n${day} 00:15,M2,20,6\n`),
      mapping,
    );
    expect(found.map((line) => line.split(' ')[0])).toEqual(['M1/kWh', 'M1/kW', 'M2/kWh', 'M2/kW']);
  });
});

describe('mappings from outside', () => {
  it('lists everything that is wrong', () => {
    expect(() => parseFileMapping({ time: { columns: [] } })).toThrow(/time.columns.*columns/);
    expect(() => wide({ decimal: ',', thousands: ',' })).toThrow(/decimal and thousands are the same/);
    expect(() => wide({ layout: 'long' })).toThrow(/needs a column with the role point/);
    expect(() => wide({ time: { columns: [1], format: 'HH:mm' } })).not.toThrow();
    expect(() => readFile(bytes(''), wide({ time: { columns: [1], format: 'HH:mm' } }))).toThrow(/names no day/);
    expect(() => readFile(bytes(''), wide({ time: { columns: [1], format: 'unix-s', timezone: 'X' } }))).toThrow(
      /not a time zone/,
    );
  });
});

function syntheticMapping(layout: 'wide' | 'long'): FileMapping {
  const values = Array.from({ length: 10 }, (_, index) => ({ column: index + 2, role: 'value' as const }));
  const columns =
    layout === 'wide'
      ? [{ column: 1, role: 'time' as const }, ...values]
      : [
          { column: 1, role: 'time' as const },
          { column: 2, role: 'point' as const },
          { column: 3, role: 'value' as const },
        ];
  return parseFileMapping({
    layout,
    columns,
    time: { columns: [1], format: 'YYYY-MM-DD HH:mm:ss', timezone: 'Europe/Berlin' },
  });
}

describe('large files', () => {
  it.each([
    ['wide', 200e6],
    ['long', 60e6],
  ] as const)(
    'streams the %s layout, %d bytes, in bounded memory',
    async (layout, size) => {
      const file = syntheticCsv(size, { layout }) as unknown as AsyncIterable<Uint8Array>;
      const reading = readFile(file, syntheticMapping(layout));
      const before = process.memoryUsage().rss;
      let most = 0;
      let readings = 0;
      for await (const batch of reading) {
        readings += batch.length;
        most = Math.max(most, process.memoryUsage().rss - before);
      }
      expect(readings).toBeGreaterThan(1_500_000);
      expect(readings).toBe(reading.summary.readings);
      // Times of the skipped hours in spring are the only ones refused.
      expect(reading.summary.rowsRejected % 3600).toBe(0);
      expect(most).toBeLessThan(250 * 1024 * 1024);
    },
    120_000,
  );
});
