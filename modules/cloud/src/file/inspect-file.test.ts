import { createHash } from 'node:crypto';
import { textOf } from '@millwright/kernel';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import writeExcel from 'write-excel-file/node';
import { type FileMapping, mappingSignature, parseFileMapping } from './file-mapping.ts';
import { inspectFile } from './inspect-file.ts';
import { bytes, lines, readAll, roundTrip } from './test-support.ts';

/** `05.01.2023 00:15` and so on, `minutes` apart. */
function stamp(index: number, minutes: number, write: (iso: string) => string, from = '2023-01-05T00:00Z'): string {
  return write(new Date(Date.parse(from) + index * minutes * 60_000).toISOString());
}
const iso = (index: number, minutes = 15) => stamp(index, minutes, (text) => text.slice(0, 16).replace('T', ' '));
const german = (text: string) => `${text.slice(8, 10)}.${text.slice(5, 7)}.${text.slice(0, 4)} ${text.slice(11, 16)}`;
const column = (mapping: FileMapping, header: string) => mapping.columns.find((entry) => entry.header === header);

it('declares no interval for rows that come in no order', async () => {
  // Every quarter hour of a day once, by a fixed shuffle.
  const place = (row: number) => (row * row * 37 + row * 11) % 101;
  const shuffled = Array.from({ length: 96 }, (_, row) => row).sort((a, b) => place(a) - place(b));
  const { mapping, summary } = await roundTrip(`time,Usage kWh\n${lines(96, (row) => `${iso(shuffled[row]!)},1`)}`);
  expect(mapping.time.intervalSeconds).toBeUndefined();
  expect(summary).toMatchObject({ rows: 96, readings: 96 });
});

describe('delimiter, decimal sign and encoding', () => {
  it.each([',', ';', '\t', '|'])('sees %j between the columns', async (delimiter) => {
    const text = `time${delimiter}a${delimiter}b\n${lines(9, (row) => [iso(row), row * 1.5, 7].join(delimiter))}`;
    const { mapping, summary } = await roundTrip(text);
    expect(mapping.delimiter).toBe(delimiter);
    expect(summary).toMatchObject({ rows: 9, readings: 18 });
  });

  it('sees blanks between the columns where nothing else divides them, however many, before and after them too', async () => {
    const rows = lines(9, (row) => ` ${iso(row)}   ${row}.5    ${row}  `);
    const { mapping, lines: found, summary } = await roundTrip(rows);
    expect(mapping).toMatchObject({ delimiter: ' ', headerRows: 0, time: { columns: [1, 2] } });
    expect(found.slice(0, 2)).toEqual(['column 3 2023-01-05T00:00:00Z 0.5', 'column 4 2023-01-05T00:00:00Z 0']);
    expect(summary).toMatchObject({ rows: 9, readings: 18 });
    const named = await roundTrip(`time power_kW\n${lines(9, (row) => `${iso(row).replace(' ', 'T')} ${row}`)}`);
    expect(named.mapping.header).toEqual(['time', 'power_kW']);
    expect(named.summary.readings).toBe(9);
  });

  it('calls random bytes binary data, and a table with one broken byte in its first row a table', async () => {
    const noise = createHash('shake256', { outputLength: 5000 }).update('noise').digest();
    await expect(inspectFile(noise)).rejects.toMatchObject({ code: 'FILE_KIND_UNSUPPORTED' });
    const broken = `time,kWh\n${iso(0)},1\0\n${lines(9, (row) => `${iso(row + 1)},${row}`)}`;
    const { mapping, summary, rejections } = await roundTrip(broken);
    expect(mapping).toMatchObject({ headerRows: 1, header: ['time', 'kWh'] });
    expect(summary).toMatchObject({ rows: 10, readings: 9, rowsRejected: 1 });
    expect(rejections[0]).toMatchObject({ row: 1, reason: expect.stringContaining('NUL') });
  });

  it('lists the first columns only when a line has thousands', async () => {
    const error = await inspectFile(bytes(`${'1,'.repeat(5000)}2\n`.repeat(3))).catch((cause: Error) => cause);
    expect(error).toMatchObject({ code: 'FILE_NO_TIME_COLUMN' });
    expect((error as Error).message).toContain('column 30 and ');
    expect((error as Error).message.length).toBeLessThan(800);
  });

  it('reads a German export: semicolons, decimal comma, dots in thousands, day first', async () => {
    const rows = lines(20, (row) => `${stamp(row, 15, german)};${row % 2 ? '1.234,5' : '987,25'};${row},0`);
    const {
      mapping,
      inspection,
      lines: found,
    } = await roundTrip(`Datum;Wirkarbeit [kWh];Außentemperatur (°C)\n${rows}`, {
      timezone: 'Europe/Berlin',
    });
    expect(mapping).toMatchObject({ delimiter: ';', decimal: ',', thousands: '.' });
    expect(mapping.time).toMatchObject({
      format: 'DD.MM.YYYY HH:mm[:ss]',
      timezone: 'Europe/Berlin',
      intervalSeconds: 900,
    });
    expect(column(mapping, 'Wirkarbeit [kWh]')).toMatchObject({ unit: 'kW.h', kind: 'delta', quantity: 'energy' });
    expect(column(mapping, 'Außentemperatur (°C)')).toMatchObject({
      unit: 'Cel',
      kind: 'gauge',
      quantity: 'temperature',
    });
    expect(found[2]).toBe('Wirkarbeit [kWh] 2023-01-04T23:15:00Z 1234.5');
    for (const guess of inspection.guesses) expect(guess.reason.text, guess.what).toMatch(/\.$/);
  });

  it('reads the same export in Windows-1252', async () => {
    const rows = lines(20, (row) => `${stamp(row, 15, german)};987,25;${row},0`);
    const file = iconv.encode(`Datum;Verbrauch kWh;Außentemperatur (°C)\n${rows}`, 'windows-1252');
    const { mapping } = await roundTrip(file);
    expect(mapping.encoding).toBe('windows-1252');
    expect(column(mapping, 'Außentemperatur (°C)')).toMatchObject({ unit: 'Cel' });
  });

  it.each([
    ['gb18030', '时间,有功电量(kWh),有功功率(kW),温度℃\n', '有功电量(kWh)'],
    ['big5', '時間,有功電量(kWh),有功功率(kW),溫度\n', '有功電量(kWh)'],
  ] as const)('reads a Chinese export in %s', async (encoding, header, energy) => {
    const rows = lines(
      20,
      (row) => `2023/1/5 ${Math.floor(row / 4)}:${String((row % 4) * 15).padStart(2, '0')},${row % 5},${row % 3},20`,
    );
    const { mapping, summary } = await roundTrip(iconv.encode(header + rows, encoding), { timezone: 'Asia/Shanghai' });
    expect(mapping.encoding).toBe(encoding);
    expect(column(mapping, energy)).toMatchObject({
      unit: 'kW.h',
      carrier: 'electricity',
      quantity: 'energy',
      kind: 'delta',
    });
    expect(mapping.columns[2]).toMatchObject({ unit: 'kW', carrier: 'electricity', quantity: 'power', kind: 'gauge' });
    expect(mapping.columns[3]).toMatchObject({ quantity: 'temperature' });
    expect(summary.from).toBe(Date.parse('2023-01-04T16:00Z'));
  });

  it.each(['utf-16le', 'utf-16be'] as const)('reads %s with and without its mark', async (encoding) => {
    const text = `time\tPower, kW\n${lines(9, (row) => `${iso(row)}\t${row}`)}`;
    for (const addBOM of [true, false]) {
      const { mapping, summary } = await roundTrip(iconv.encode(text, encoding, { addBOM }));
      expect(mapping).toMatchObject({ encoding, delimiter: '\t' });
      expect(mapping.columns[1]).toMatchObject({ name: 'Power', unit: 'kW' });
      expect(summary.readings).toBe(9);
    }
  });

  it.each([
    ['1 234,5', ',', ' ', 1234.5],
    ["1'234.5", '.', "'", 1234.5],
    ['"1,234.5"', '.', ',', 1234.5],
  ] as const)('reads grouped numbers as in %s', async (cell, decimal, thousands, value) => {
    const delimiter = cell.startsWith('"') ? ',' : ';';
    const text = `time${delimiter}a\n${lines(9, (row) => iso(row) + delimiter + cell)}`;
    const { mapping, lines: found } = await roundTrip(text);
    expect(mapping).toMatchObject({ decimal, thousands });
    expect(found[0]).toBe(`a 2023-01-05T00:00:00Z ${value}`);
  });

  it('says that 1,234 can be read in two ways', async () => {
    const { inspection } = await roundTrip(`time;a\n${lines(9, (row) => `${iso(row)};1,234`)}`);
    expect(inspection.guesses.find(({ what }) => what === 'decimal')).toMatchObject({ value: ',', confidence: 0.55 });
  });

  it('drops percent signs and units behind the numbers', async () => {
    const { mapping, lines: found } = await roundTrip(
      `time,Load,Energy\n${lines(9, (row) => `${iso(row)},${row}%,${row * 2} kWh`)}`,
    );
    expect(mapping.columns[1]).toMatchObject({ suffix: '%', unit: '%' });
    expect(mapping.columns[2]).toMatchObject({ suffix: 'kWh', unit: 'kW.h' });
    expect(found.slice(2, 4)).toEqual(['Load 2023-01-05T00:15:00Z 1', 'Energy 2023-01-05T00:15:00Z 2']);
  });
});

describe('times', () => {
  it('says when day and month cannot be told apart', async () => {
    const { inspection } = await roundTrip('time,a\n05/06/2023 00:00,1\n05/06/2023 01:00,2\n05/06/2023 02:00,1\n');
    expect(inspection.guesses.find(({ what }) => what === 'time.columns')).toMatchObject({
      confidence: 0.5,
      reason: expect.objectContaining({ text: expect.stringContaining('Ambiguous') }),
    });
  });

  it.each([
    ['day', (text: string) => `${text.slice(8, 10)}/${text.slice(5, 7)}`, '2023-03-01T00:00:00Z'],
    ['month', (text: string) => `${text.slice(5, 7)}/${text.slice(8, 10)}`, '2023-03-01T00:00:00Z'],
  ])('tells the %s first from the few steps over midnight of the first days of a month', async (_, date, first) => {
    const write = (text: string) => `${date(text)}/2023 ${text.slice(11, 16)}`;
    const rows = lines(96 * 4, (row) => `${stamp(row, 15, write, '2023-03-01T00:00Z')},${row % 5}`);
    const { lines: found, inspection } = await roundTrip(`time,kW\n${rows}`);
    expect(found[0]).toBe(`kW ${first} 0`);
    expect(found.at(-1)).toBe('kW 2023-03-04T23:45:00Z 3');
    expect(inspection.warnings).toEqual([]);
  });

  it('warns of an order of day and month that was only assumed, and of a unit that is not known', async () => {
    const { inspection, mapping } = await roundTrip(
      'time,flow [furlongs]\n05/06/2023 00:00,1\n05/06/2023 01:00,2\n05/06/2023 02:00,1\n',
    );
    expect(inspection.warnings.map(({ text }) => text)).toEqual([
      expect.stringContaining('"furlongs" is not known'),
      expect.stringContaining('Ambiguous'),
    ]);
    expect(mapping.columns[1]).toMatchObject({ name: 'flow', unitText: 'furlongs' });
    expect(mapping.columns[1]!.unit).toBeUndefined();
  });

  it('recognises midnight at the end of the day it is stamped with', async () => {
    const clock = (row: number) => iso(row + 1).slice(11);
    const text = `date,kWh\n${lines(96 * 3, (row) => `${iso(row).slice(0, 10)} ${clock(row)},${row % 7}`)}`;
    const { mapping, summary, inspection } = await roundTrip(text);
    expect(mapping.time).toMatchObject({ midnightBelongsToPreviousDay: true, stamp: 'end', intervalSeconds: 900 });
    expect(inspection.guesses.find(({ what }) => what === 'time.midnightBelongsToPreviousDay')?.reason.text).toContain(
      'midnight at its end',
    );
    expect(summary).toMatchObject({ from: Date.parse('2023-01-05T00:15Z'), to: Date.parse('2023-01-08T00:00Z') });
  });

  it('leaves ordinary midnights where they are', async () => {
    const { mapping } = await roundTrip(`date,kWh\n${lines(300, (row) => `${iso(row)},${row % 7}`)}`);
    expect(mapping.time).toMatchObject({ midnightBelongsToPreviousDay: false, stamp: 'start' });
  });

  it('takes 24:00 for an end of intervals', async () => {
    const text = `date,kWh\n${lines(96, (row) => `2023-01-05 ${row === 95 ? '24:00' : iso(row + 1).slice(11)},${row % 7}`)}`;
    const { mapping, summary } = await roundTrip(text);
    expect(mapping.time.stamp).toBe('end');
    expect(summary.to).toBe(Date.parse('2023-01-06T00:00Z'));
  });

  it.each([
    ['date,time,kWh', (row: number) => iso(row).replace(' ', ','), [1, 2]],
    ['Datum,Uhrzeit,kWh', (row: number) => stamp(row, 15, german).replace(' ', ','), [1, 2]],
    ['date,hour,kWh', (row: number) => `${iso(row * 4).slice(0, 10)},${row % 24}`, [1, 2]],
    ['year,month,day,hour,kWh', (row: number) => `2023,1,${5 + Math.floor(row / 24)},${row % 24}`, [1, 2, 3, 4]],
    ['year,doy,hour,kWh', (row: number) => `2023,${5 + Math.floor(row / 24)},${row % 24}`, [1, 2, 3]],
  ])('joins the columns %s', async (header, time, columns) => {
    const { mapping, summary } = await roundTrip(`${header}\n${lines(60, (row) => `${time(row)},${row % 7}`)}`);
    expect(mapping.time.columns).toEqual(columns);
    expect(summary).toMatchObject({ rows: 60, readings: 60, rowsRejected: 0, from: Date.parse('2023-01-05T00:00Z') });
  });

  it.each([
    ['timestamp', (row: number) => String(1672876800 + row * 900)],
    ['ts', (row: number) => String((1672876800 + row * 900) * 1000)],
    ['time', (row: number) => (44931 + row / 96).toFixed(10)],
    ['时间', (row: number) => iso(row).replace(/^(\d+)-0(\d)-0(\d) 0?(\d+):(\d+)$/, '$1年$2月$3日 $4时$5分')],
    ['time', (row: number) => `${iso(row).replace(' ', 'T')}:00+00:00`],
  ])('reads the times of column %s, such as %s', async (header, time) => {
    const { summary } = await roundTrip(`${header},kW\n${lines(12, (row) => `${time(row)},${row}`)}`);
    expect(summary).toMatchObject({
      readings: 12,
      from: Date.parse('2023-01-05T00:00Z'),
      to: Date.parse('2023-01-05T02:45Z'),
    });
  });

  it('takes a date with 00:00:00 behind it for a date where the time stands beside it', async () => {
    const text = `date,time,kW\n${lines(30, (row) => `${iso(row).slice(0, 10)} 00:00:00,${iso(row).slice(11)},${row}`)}`;
    const { mapping, summary } = await roundTrip(text);
    expect(mapping.time.columns).toEqual([1, 2]);
    expect(summary).toMatchObject({ readings: 30, rowsRejected: 0, to: Date.parse('2023-01-05T07:15Z') });
  });

  it('warns when the file has rows in an hour that its time zone does not have', async () => {
    const text = `time,kW\n${lines(96, (row) => `${stamp(row, 15, (t) => t.slice(0, 16), '2023-03-26T00:00Z')},${row}`)}`;
    const { inspection, rejections } = await roundTrip(text, { timezone: 'Europe/Berlin' });
    expect(inspection.warnings[0]?.text).toContain('does not exist in Europe/Berlin');
    expect(rejections).toHaveLength(4);
    const fixed = { ...inspection.mapping, time: { ...inspection.mapping.time, timezone: '+01:00' } };
    expect((await readAll(bytes(text), fixed)).rejections).toEqual([]);
  });

  it('reads a file with the newest row first', async () => {
    const { mapping } = await roundTrip(`time,kW\n${lines(50, (row) => `${iso(50 - row)},${row}`)}`);
    expect(mapping.time.order).toBe('descending');
  });

  it('says clearly that there is no time', async () => {
    const text = `UDI,Type,Air temperature [K]\n${lines(30, (row) => `${row + 1},M,${298 + row / 10}`)}`;
    await expect(inspectFile(bytes(text), { fileName: 'ai4i.csv' })).rejects.toMatchObject({
      code: 'FILE_NO_TIME_COLUMN',
      message: expect.stringContaining('UDI, Type, Air temperature [K]'),
    });
  });
});

describe('headers', () => {
  it('steps over a preamble, and takes names and units from two rows', async () => {
    const text = `Lastgang;Werk 1\nSeriennummer;12345\n\nZeitstempel;P1;Q1\n;kW;kvar\n${lines(9, (row) => `${stamp(row, 15, german)};${row},5;${row},1`)}`;
    const { mapping, summary } = await roundTrip(text);
    expect(mapping).toMatchObject({ skipRows: 3, headerRows: 2 });
    expect(mapping.columns[1]).toMatchObject({ unit: 'kW', quantity: 'power' });
    expect(mapping.columns[2]).toMatchObject({ unit: 'kV.A', quantity: 'reactive-power' });
    expect(summary).toMatchObject({ rows: 9, readings: 18, rowsRejected: 0 });
  });

  it('joins a group name with the names under it', async () => {
    const text = `,Line 1,,Line 2,\ntime,Power kW,Energy kWh,Power kW,Energy kWh\n${lines(9, (row) => `${iso(row)},${row},1,2,3`)}`;
    const { mapping } = await roundTrip(text);
    expect(mapping.header).toEqual([
      'time',
      'Line 1 Power kW',
      'Line 1 Energy kWh',
      'Line 2 Power kW',
      'Line 2 Energy kWh',
    ]);
  });

  it('does without a header', async () => {
    const { mapping, summary, inspection } = await roundTrip(lines(9, (row) => `${iso(row)},${row},${row * 2}`));
    expect(mapping).toMatchObject({ headerRows: 0, skipRows: 0, header: [] });
    expect(summary.points.map((point) => point.key)).toEqual(['column 2', 'column 3']);
    expect(summary.rows).toBe(9);
    expect(inspection.guesses.find(({ what }) => what === 'header')?.reason.text).toContain('no header');
  });

  it('skips comments at the top and among the data', async () => {
    const text = `# logger 7\n# site A\ntime,kW\n${lines(5, (row) => `${iso(row)},${row}`)}# restart\n${lines(5, (row) => `${iso(row + 5)},${row}`)}`;
    const { mapping, summary } = await roundTrip(text);
    expect(mapping.comment).toBe('#');
    expect(summary).toMatchObject({ rows: 10, rowsRejected: 0 });
  });

  it('gives columns of one name keys of their own', async () => {
    const { mapping } = await roundTrip(`time,x,x,\n${lines(5, (row) => `${iso(row)},${row},1,2`)}`);
    expect(mapping.header).toEqual(['time', 'x', 'x (2)', 'column 4']);
    const named = await roundTrip(`time,kWh,kWh\n${lines(5, (row) => `${iso(row)},${row % 3},${row % 2}`)}`);
    expect(named.mapping.columns[2]).toMatchObject({ name: 'kWh (2)', unit: 'kW.h', kind: 'delta' });
  });
});

describe('layouts and roles', () => {
  it('recognises the long layout with unit and quality', async () => {
    const points = ['Boiler/Gas flow', 'Line 1/Energy', 'Hall/Temp'] as const;
    const units = ['m³/h', 'kWh', '°C'];
    const text = `timestamp;tag;value;unit;quality\n${lines(60, (row) => `${iso(Math.floor(row / 3))};${points[row % 3]};${(row * 7) % 13},5;${units[row % 3]};Good`)}`;
    const { mapping, summary } = await roundTrip(text);
    expect(mapping.layout).toBe('long');
    expect(mapping.columns.map(({ role }) => role)).toEqual(['time', 'point', 'value', 'unit', 'quality']);
    expect(mapping.time.intervalSeconds).toBe(900);
    expect(summary.points).toMatchObject([
      { key: 'Boiler/Gas flow', unit: 'm3/h', kind: 'gauge', carrier: 'natural-gas' },
      { key: 'Line 1/Energy', unit: 'kW.h', kind: 'delta', quantity: 'energy' },
      { key: 'Hall/Temp', unit: 'Cel', kind: 'gauge', quantity: 'temperature' },
    ]);
  });

  it('recognises the long layout sorted by point, with numbers for names', async () => {
    const text = `表号,时间,示数\n${lines(60, (row) => `${100234 + Math.floor(row / 30)},${iso(row % 30)},${5000 + (row % 30) * 1.5}`)}`;
    const { mapping, summary } = await roundTrip(text);
    expect(mapping.layout).toBe('long');
    expect(summary.points).toMatchObject([
      { key: '100234', kind: 'counter', count: 30 },
      { key: '100235', kind: 'counter', count: 30 },
    ]);
  });

  it.each([
    [
      '00:15 to 24:00',
      (n: number) =>
        `${String(Math.floor(((n + 1) * 15) / 60)).padStart(2, '0')}:${String(((n + 1) * 15) % 60).padStart(2, '0')}`,
      'end',
      '00:15',
    ],
    [
      '0:00 to 23:45',
      (n: number) => `${Math.floor((n * 15) / 60)}:${String((n * 15) % 60).padStart(2, '0')}`,
      'start',
      '00:00',
    ],
    ['P1 to P96', (n: number) => `P${n + 1}`, 'end', '00:15'],
  ])('recognises a day per row with columns from %s', async (_, name, mark, first) => {
    const header = Array.from({ length: 96 }, (_unused, index) => name(index)).join(',');
    const row = (day: number, meter: string) =>
      `${meter},2023-01-0${day},${Array.from({ length: 96 }, (_unused, n) => day * 100 + n).join(',')}`;
    const text = `电表编号,日期,${header}\n${row(5, 'A')}\n${row(5, 'B')}\n${row(6, 'A')}\n`;
    const { mapping, summary, lines: found } = await roundTrip(text);
    expect(mapping.layout).toBe('matrix');
    expect(mapping.time).toMatchObject({ stamp: mark, intervalSeconds: 900 });
    expect(summary).toMatchObject({ rows: 3, readings: 288, rowsRejected: 0 });
    expect(summary.points.map(({ key, count }) => `${key} ${count}`)).toEqual(['A 192', 'B 96']);
    expect(found[0]).toBe(`A 2023-01-05T${first}:00Z 500`);
  });

  it('takes numbers that name meters and customers for names', async () => {
    const text = `户名：某某钢铁有限公司\n查询时间：2023-01-05\n序号,户号,表计资产号,数据时间,正向有功总(kWh),反向有功总(kWh)\n${lines(40, (row) => `${row + 1},0012345,33000${row % 2},${iso(Math.floor(row / 2))}:00,${5000 + row * 0.5},0`)}`;
    const { mapping, summary } = await roundTrip(iconv.encode(text, 'gb18030'));
    expect(mapping.skipRows).toBe(2);
    expect(mapping.columns.map(({ role }) => role)).toEqual(['ignore', 'ignore', 'point', 'time', 'value', 'value']);
    expect(summary.points.slice(0, 2)).toMatchObject([
      { key: '330000/正向有功总(kWh)', kind: 'counter', unit: 'kW.h', carrier: 'electricity' },
      { key: '330000/反向有功总(kWh)', kind: 'counter', unit: 'kW.h' },
    ]);
  });

  it('ignores text, row numbers and what only repeats the time, and says so', async () => {
    const text = `No,time,kW,state,NSM,hour\n${lines(60, (row) => `${row + 1},${iso(row)},${row % 7},running,${(row * 900) % 86400},${Math.floor(row / 4) % 24}`)}`;
    const { mapping } = await roundTrip(text);
    expect(mapping.columns.map(({ role }) => role)).toEqual(['ignore', 'time', 'value', 'ignore', 'ignore', 'ignore']);
    expect(mapping.columns[0]!.reason).toMatchObject({ text: 'only counts the rows' });
    expect(mapping.columns[3]!.reason).toMatchObject({ text: 'holds text, not numbers: running' });
    expect(textOf(mapping.columns[4]!.reason ?? '')).toContain('seconds since midnight');
  });

  it('tells registers, amounts and momentary values apart', async () => {
    const text = `time,Import kWh,Usage kWh,Power kW,Gas m3,Cumulative gas m3\n${lines(120, (row) => {
      const register = row < 80 ? 5000 + row * 3 : (row - 80) * 3;
      return `${iso(row)},${register},${row % 9},${row},${(row * 7) % 5},${20000 + row}`;
    })}`;
    const { mapping } = await roundTrip(text);
    expect(mapping.columns.slice(1).map(({ kind }) => kind)).toEqual(['counter', 'delta', 'gauge', 'delta', 'counter']);
    expect(textOf(mapping.columns[1]!.reason ?? '')).toContain('1 resets');
  });
});

describe('the mapping', () => {
  it('survives JSON and reads the file the same way', async () => {
    const text = `time,a kW\n${lines(9, (row) => `${iso(row)},${row}`)}`;
    const { mapping, lines: found } = await roundTrip(text);
    const copy = parseFileMapping(JSON.parse(JSON.stringify(mapping)));
    expect((await readAll(bytes(text), copy)).lines).toEqual(found);
  });

  it('has one signature for tables with the same column names', async () => {
    expect(mappingSignature(['Time', ' Power  kW'])).toBe(mappingSignature(['time', 'power kw']));
    expect(mappingSignature(['time', 'a'])).not.toBe(mappingSignature(['a', 'time']));
    const { inspection } = await roundTrip(`time,a\n${lines(3, (row) => `${iso(row)},${row}`)}`);
    expect(inspection.signature).toBe(mappingSignature(['time', 'a']));
  });

  it('shows the first 20 rows as they will be read, bad cells included', async () => {
    const { inspection } = await roundTrip(`time,a\n${lines(30, (row) => `${iso(row)},${row === 3 ? 'x' : row}`)}`);
    expect(inspection.preview).toHaveLength(20);
    expect(inspection.preview[1]).toEqual({
      row: 2,
      cells: ['2023-01-05 00:15', '1'],
      time: '2023-01-05T00:15:00.000Z',
      values: { a: 1 },
    });
    expect(textOf(inspection.preview[3]!.rejected ?? '')).toContain('"x", which is not a number');
  });
});

describe('files of other kinds', () => {
  it.each([
    ['%PDF-1.7\n', /PDF/],
    ['{"a": 1}', /JSON/],
    ['<?xml version="1.0"?>', /XML/],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), /XLS/],
    [Buffer.from([1, 0, 0, 0, 2, 9, 0, 0, 0, 0, 0, 7, 0, 10, 3, 4, 5, 6, 7, 8]), /binary/],
  ])('refuses %j', async (content, message) => {
    await expect(inspectFile(Buffer.from(content as string))).rejects.toThrow(message);
  });

  it('refuses empty files and tables without values', async () => {
    await expect(inspectFile(Buffer.alloc(0))).rejects.toMatchObject({ code: 'FILE_EMPTY' });
    await expect(inspectFile(bytes('\n\n'))).rejects.toMatchObject({ code: 'FILE_EMPTY' });
    await expect(inspectFile(bytes(`time,a\n${lines(5, (row) => `${iso(row)},on`)}`))).rejects.toMatchObject({
      code: 'FILE_NO_VALUE_COLUMN',
    });
  });

  it('inspects the head of a stream only', async () => {
    let handed = 0;
    async function* endless() {
      yield bytes('time,a\n');
      for (let row = 0; ; row += 1000) {
        handed++;
        yield bytes(lines(1000, (index) => `${iso(row + index)},${index}`));
      }
    }
    const { sampledRows } = await inspectFile(endless());
    expect(sampledRows).toBe(4999);
    expect(handed).toBeLessThan(100);
  });
});

describe('workbooks', () => {
  const head = [{ value: 'Time' }, { value: 'Usage (kWh)' }, { value: 'Temp °C' }, { value: 'State' }];
  const row = (index: number) => [
    { value: new Date(Date.UTC(2023, 0, 5, 0, 15 * index)), type: Date, format: 'yyyy-mm-dd hh:mm' },
    { value: (index * 7) % 5, type: Number },
    { value: index === 4 ? 'broken' : 20.5 + index },
    { value: 'on' },
  ];
  const data = [head, ...Array.from({ length: 20 }, (_, index) => row(index))];

  it('reads dates, numbers and texts of the first sheet that has a table', async () => {
    const file = await writeExcel([
      { data: [[{ value: 'Energy report' }]], sheet: 'Title' },
      { data: data as never, sheet: 'Data' },
    ]).toBuffer();
    const {
      mapping,
      inspection,
      summary,
      lines: found,
      rejections,
    } = await roundTrip(file, { timezone: 'Asia/Shanghai' });
    expect(mapping).toMatchObject({ format: 'xlsx', sheet: 'Data', headerRows: 1 });
    expect(inspection.sheets).toEqual(['Title', 'Data']);
    expect(mapping.columns.map(({ role }) => role)).toEqual(['time', 'value', 'value', 'ignore']);
    expect(summary).toMatchObject({ rows: 20, readings: 39, cellsRejected: 1 });
    expect(found.slice(2, 4)).toEqual(['Usage (kWh) 2023-01-04T16:15:00Z 2', 'Temp °C 2023-01-04T16:15:00Z 21.5']);
    expect(rejections[0]).toMatchObject({ row: 5, key: 'Temp °C', code: 'not-a-number' });
    await expect(inspectFile(file, { sheet: 'Nope' })).rejects.toThrow(/Its sheets are: Title, Data/);
  });

  it('reads serial numbers without a date format', async () => {
    const serial = (index: number) => [
      { value: 44931 + index / 96, type: Number },
      { value: index, type: Number },
    ];
    const rows = [[{ value: 'Time' }, { value: 'kW' }], ...Array.from({ length: 9 }, (_, index) => serial(index))];
    const { summary } = await roundTrip(await writeExcel(rows as never).toBuffer());
    expect(summary).toMatchObject({ readings: 9, to: Date.parse('2023-01-05T02:00Z') });
  });

  it('reads date and time from cells of their own, and rows that end early', async () => {
    const row = (index: number) => [
      { value: new Date(Date.UTC(2023, 0, 5)), type: Date, format: 'dd.mm.yyyy' },
      { value: index / 96, type: Number, format: 'hh:mm' },
      { value: index, type: Number },
      ...(index === 2 ? [] : [{ value: 5, type: Number }]),
    ];
    const head = ['Datum', 'Uhrzeit', 'kW', 'bar'].map((value) => ({ value }));
    const rows = [[{ value: 'Lastgang' }], head, ...Array.from({ length: 9 }, (_, index) => row(index))];
    const { summary, mapping, rejections } = await roundTrip(await writeExcel(rows as never).toBuffer());
    expect(mapping.time.columns).toEqual([1, 2]);
    expect(rejections).toEqual([]);
    expect(summary).toMatchObject({ rows: 9, readings: 17, gaps: 1, to: Date.parse('2023-01-05T02:00Z') });
  });

  it('refuses a workbook that is too large, and one that is broken', async () => {
    const file = await writeExcel(data as never).toBuffer();
    await expect(inspectFile(file, { workbookLimit: 1000 })).rejects.toMatchObject({ code: 'FILE_WORKBOOK_TOO_LARGE' });
    await expect(inspectFile(file.subarray(0, 300))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
