import { describe, expect, it } from 'vitest';
import { guessTimeFormat } from './guess-time-format.ts';
import { compileTimeFormat } from './time-format.ts';

function read(format: string, text: string): string | undefined {
  const reader = compileTimeFormat(format);
  if (!reader.read(text, 0, text.length)) return undefined;
  return new Date(reader.wall).toISOString().replace('.000Z', '') + (reader.absolute ? ' UTC' : '');
}

describe('time formats', () => {
  it.each([
    ['YYYY-MM-DD HH:mm[:ss]', '2023-01-05 08:15', '2023-01-05T08:15:00'],
    ['YYYY-MM-DD HH:mm[:ss]', '2023-01-05T08:15:30', '2023-01-05T08:15:30'],
    ['YYYY-MM-DD HH:mm:ss[.SSS][Z]', '2023-01-05T08:15:30.250+08:00', '2023-01-05T00:15:30.250Z UTC'],
    ['YYYY-MM-DDTHH:mm:ssZ', '2023-01-05T08:15:30Z', '2023-01-05T08:15:30 UTC'],
    ['DD-MM-YYYY HH:mm', '05-01-2023 08:15', '2023-01-05T08:15:00'],
    ['MM/DD/YYYY h:mm A', '01/05/2023 12:15 AM', '2023-01-05T00:15:00'],
    ['MM/DD/YYYY h:mm A', '1/5/2023 1:05 p.m.', '2023-01-05T13:05:00'],
    ['YYYY/M/D A h:mm', '2023/1/5 下午 1:05', '2023-01-05T13:05:00'],
    ['YYYY/M/D H:mm', '2023/1/5 8:15', '2023-01-05T08:15:00'],
    ['YYYY年M月D日 H时m分', '2023年1月5日 8时15分', '2023-01-05T08:15:00'],
    ['DD.MM.YYYY HH:mm', '05.01.2023 08:15', '2023-01-05T08:15:00'],
    ["DD.MM.YY HH:mm 'Uhr'", '05.01.23 08:15 Uhr', '2023-01-05T08:15:00'],
    ['DD.MM.YYYY HH:mm', '05.01.2023 24:00', '2023-01-06T00:00:00'],
    ['YYYYMMDDHHmmss', '20230105081530', '2023-01-05T08:15:30'],
    ['DD-MMM-YYYY HH:mm', '05-Mär-2023 08:15', '2023-03-05T08:15:00'],
    ['YYYY DDD H', '2024 60 8', '2024-02-29T08:00:00'],
    ['unix-s', '1672906500', '2023-01-05T08:15:00 UTC'],
    ['unix-ms', '1672906500000', '2023-01-05T08:15:00 UTC'],
    ['excel', '44931.34375', '2023-01-05T08:15:00'],
    ['excel', '44931,0104166667', '2023-01-05T00:15:00'],
    ['YYYY-MM-DD HH:mm Z', '2023-07-05 08:15 CEST', '2023-07-05T06:15:00 UTC'],
  ])('%s reads %s', (format, text, expected) => {
    expect(read(format, text)).toBe(expected);
  });

  it.each([
    ['DD-MM-YYYY HH:mm', '32-01-2023 08:15'],
    ['DD-MM-YYYY HH:mm', '29-02-2023 08:15'],
    ['DD-MM-YYYY HH:mm', '05-13-2023 08:15'],
    ['DD-MM-YYYY HH:mm', '05-01-2023 24:15'],
    ['DD-MM-YYYY HH:mm', '05-01-2023 08:60'],
    ['DD-MM-YYYY HH:mm', '05-01-2023 08:15 x'],
    ['DD-MM-YYYY HH:mm', ''],
    ['YYYY DDD', '2023 366'],
    ['unix-s', 'yesterday'],
  ])('%s refuses %j', (format, text) => {
    expect(read(format, text)).toBeUndefined();
  });

  it('says what is wrong with a format', () => {
    expect(() => compileTimeFormat('[YYYY')).toThrow(/a \[ is not closed/);
    expect(() => compileTimeFormat('week')).toThrow(/neither a day nor an hour/);
    expect(() => compileTimeFormat('DD.MM. HH:mm')).toThrow(/names no year/);
  });
});

describe('guessing the format of times', () => {
  it.each([
    ['2023-01-05 08:15:00', 'YYYY-MM-DD HH:mm:ss[.SSS]'],
    ['2023-01-05T08:15', 'YYYY-MM-DDTHH:mm[:ss]'],
    ['2023-01-05T08:15:00Z', 'YYYY-MM-DDTHH:mm:ssZ'],
    ['2023-01-05T08:15:00+08:00', 'YYYY-MM-DDTHH:mm:ss[Z]'],
    ['2023/1/15 8:15', 'YYYY/M/DD H:mm[:ss]'],
    ['15.01.2023 08:15', 'DD.MM.YYYY HH:mm[:ss]'],
    ['01/15/2023 8:15 AM', 'MM/DD/YYYY h:mm[:ss] A'],
    ['2023年1月5日 8时15分', 'YYYY年M月D日 H时mm分'],
    ['2023/1/5 下午 1:05:00', 'YYYY/M/D A h:mm:ss[.SSS]'],
    ['15-Jan-2023 08:15', 'DD-MMM-YYYY HH:mm[:ss]'],
    ['20230105', 'YYYYMMDD'],
    ['2023-01', 'YYYY-MM'],
    ['2023年1月', 'YYYY年M月'],
    ['202301050815', 'YYYYMMDDHHmm'],
    ['1672906500', 'unix-s'],
    ['1672906500000', 'unix-ms'],
    ['44931.34375', 'excel'],
    ['08:15', 'HH:mm[:ss]'],
  ])('takes %s for %s', (cell, format) => {
    expect(guessTimeFormat([cell])?.format).toBe(format);
  });

  it('decides between day and month by the only order that all cells fit', () => {
    const guess = guessTimeFormat(['01/02/2023 00:00', '12/02/2023 00:00', '13/02/2023 00:00']);
    expect(guess).toMatchObject({ format: 'DD/MM/YYYY HH:mm[:ss]', dayFirst: true, confidence: 0.99 });
  });

  it('decides by even steps when both orders fit', () => {
    const days = ['01/01/2023', '01/02/2023', '01/03/2023', '01/04/2023'];
    const guess = guessTimeFormat(days.flatMap((day) => [0, 6, 12, 18].map((hour) => `${day} ${hour}:00`)));
    expect(guess).toMatchObject({ format: 'MM/DD/YYYY H:mm[:ss]', dayFirst: false, confidence: 0.8 });
    expect(guess?.reason.text).toContain('more evenly');
  });

  it('says when nothing decides', () => {
    const guess = guessTimeFormat(['05/06/2023 00:00', '05/06/2023 01:00']);
    expect(guess).toMatchObject({ confidence: 0.5, dayFirst: true });
    expect(guess?.reason.text).toMatch(/^Ambiguous/);
  });

  it('allows for midnights without a time', () => {
    const cells = ['31.01.2023 23:45', '01.02.2023', '01.02.2023 00:15'];
    expect(guessTimeFormat(cells)).toMatchObject({ format: 'DD.MM.YYYY[ HH:mm[:ss]]', share: 1 });
  });

  it('sees no time in numbers, labels and codes', () => {
    expect(guessTimeFormat(['1', '2', '3'])).toBeUndefined();
    expect(guessTimeFormat(['M14860', 'L47181'])).toBeUndefined();
    expect(guessTimeFormat(['3.17', '1.234,5'])).toBeUndefined();
    expect(guessTimeFormat(['192.168.0.1'])).toBeUndefined();
  });
});
