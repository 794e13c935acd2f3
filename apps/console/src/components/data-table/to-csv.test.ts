import { describe, expect, it } from 'vitest';
import { toCsv } from './to-csv.ts';

const lines = (rows: Parameters<typeof toCsv>[1]) => toCsv(['h'], rows).slice(1).split('\r\n').slice(1, -1);

describe('toCsv', () => {
  it('begins with a byte order mark and ends its lines as RFC 4180 says', () =>
    expect(toCsv(['名称', 'b'], [['锅炉', 1]])).toBe('\uFEFF名称,b\r\n锅炉,1\r\n'));
  it('quotes commas, quotes and line breaks', () =>
    expect(lines([['a,b'], ['say "no"'], ['x\ny']])).toEqual(['"a,b"', '"say ""no"""', '"x\ny"']));
  it('disarms what a spreadsheet would run as a formula, and leaves numbers alone', () =>
    expect(lines([['=1+1'], ['@x'], ['-cmd'], [-5], ['-5.2 kW'], ["-2+3|cmd'!A0"], ['+1e-3'], ['-1 +A1']])).toEqual([
      ...["'=1+1", "'@x", "'-cmd", '-5', '-5.2 kW'],
      ...["'-2+3|cmd'!A0", '+1e-3', "'-1 +A1"],
    ]));
  it('leaves missing values empty', () => expect(lines([[null], [undefined]])).toEqual(['', '']));
});
