import { describe, expect, it } from 'vitest';
import { NumberReader } from './number-reader.ts';

function read(cell: string, format: ConstructorParameters<typeof NumberReader>[0], suffix?: string) {
  const reader = new NumberReader(format);
  const value = reader.read(cell, 0, cell.length, suffix);
  return reader.status === 'value' ? value : reader.status;
}

describe('numbers of a file', () => {
  it.each([
    ['3.17', '.', '', 3.17],
    [' -0.5 ', '.', '', -0.5],
    ['+7', '.', '', 7],
    ['.5', '.', '', 0.5],
    ['1e3', '.', '', 1000],
    ['1.5E-3', '.', '', 0.0015],
    ['3,17', ',', '', 3.17],
    ['1.234,5', ',', '.', 1234.5],
    ['1,234.5', '.', ',', 1234.5],
    ['12,345,678', '.', ',', 12345678],
    ['1 234,5', ',', ' ', 1234.5],
    ['1\u00a0234,5', ',', ' ', 1234.5],
    ['1\u202f234\u202f567', ',', ' ', 1234567],
    ["1'234.5", '.', "'", 1234.5],
    ['1\u2019234.5', '.', "'", 1234.5],
    ['\u22125', '.', '', -5],
    ['5.827000141143799', '.', '', 5.827000141143799],
    ['0.1234567890123456789', '.', '', 0.12345678901234568],
    ['123456789012345.6', '.', '', 123456789012345.6],
  ] as const)('reads %j with decimal %j and thousands %j', (cell, decimal, thousands, value) => {
    expect(read(cell, { decimal, thousands })).toBe(value);
  });

  it('agrees with the language to the last bit on numbers of every length', () => {
    let state = 42;
    const next = () => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state / 2147483648;
    };
    for (let round = 0; round < 5000; round++) {
      const text = (next() * 10 ** Math.floor(next() * 14)).toFixed(Math.floor(next() * 12));
      expect(read(text, { decimal: '.', thousands: '' })).toBe(Number(text));
    }
  });

  it.each(['', ' ', 'NA', 'n/a', 'NaN', 'null', 'NULL', '--', '-', '#N/A', '#NV', 'None', '无'])(
    'takes %j for no value',
    (cell) => {
      expect(read(cell, { decimal: '.', thousands: '' })).toBe('missing');
    },
  );

  it('takes what a mapping adds for no value', () => {
    const format = { decimal: '.', thousands: '', missing: ['-9999', 'offline'] } as const;
    expect(read('-9999', format)).toBe('missing');
    expect(read('-9999.0', format)).toBe('missing');
    expect(read('OFFLINE', format)).toBe('missing');
  });

  it.each(['abc', '1.2.3', '12kWh', 'Infinity', '-inf', '1,5', '0x10', '#DIV/0!', '1 2'])('refuses %j', (cell) => {
    expect(read(cell, { decimal: '.', thousands: '' })).toBe('not-a-number');
  });

  it('refuses a group of the wrong size, which may be a broken number', () => {
    expect(read('1,23,4.5', { decimal: '.', thousands: ',' })).toBe('not-a-number');
  });

  it('refuses what is beyond 1e15', () => {
    expect(read('1e16', { decimal: '.', thousands: '' })).toBe('out-of-range');
    expect(read('-9999999999999999', { decimal: '.', thousands: '' })).toBe('out-of-range');
    expect(read('1e400', { decimal: '.', thousands: '' })).toBe('out-of-range');
  });

  it('drops the suffix of a column', () => {
    expect(read('85 %', { decimal: '.', thousands: '' }, '%')).toBe(85);
    expect(read('12,5kWh', { decimal: ',', thousands: '' }, 'kWh')).toBe(12.5);
  });
});
