import { describe, expect, it } from 'vitest';
import { RecordScanner } from './record-scanner.ts';

function scan(text: string | string[], columns?: number, delimiter = ',') {
  const rows: string[] = [];
  const broken: string[] = [];
  const options = { delimiter, quote: '"', comment: '#', ...(columns === undefined ? {} : { columns }) };
  const scanner: RecordScanner = new RecordScanner(options, {
    record: (line, starts, ends, count) => {
      const cells = Array.from({ length: count }, (_, index) => line.slice(starts[index], ends[index]));
      rows.push(`${scanner.line}: ${cells.join('|')}`);
    },
    malformed: (problem, raw) => broken.push(`${scanner.line}: ${problem.text}: ${raw.slice(0, 40)}`),
  });
  for (const block of typeof text === 'string' ? [text] : text) scanner.push(block);
  scanner.end();
  return { rows, broken };
}

describe('cutting text into rows and fields', () => {
  it('cuts plain rows with any line end, and the last without one', () => {
    expect(scan('a,b\r\nc,,d\n\ne').rows).toEqual(['1: a|b', '2: c||d', '3: ', '4: e']);
  });

  it('reads quotes, doubled quotes, delimiters and line breaks inside them', () => {
    const { rows, broken } = scan('"a,1","b ""x"""\n"two\nlines",c\nd, "e"\n');
    expect(rows).toEqual(['1: a,1|b "x"', '2: two\nlines|c', '4: d|e']);
    expect(broken).toEqual([]);
  });

  it('takes a quote in the middle of a field as it is', () => {
    expect(scan('5" pipe,3\n').rows).toEqual(['1: 5" pipe|3']);
  });

  it('gives up a quote that is never closed and goes on with the next line', () => {
    const { rows, broken } = scan('a,1\n"b,2\nc,3\nd,4\n');
    expect(rows).toEqual(['1: a|1', '3: c|3', '4: d|4']);
    expect(broken).toEqual(['2: opens a quote that is not closed: "b,2']);
  });

  it('gives up a quote that only the next quoted field would close', () => {
    const { rows, broken } = scan('"a,1\n"b",2\n"c",3\n');
    expect(rows).toEqual(['2: b|2', '3: c|3']);
    expect(broken).toEqual(['1: has text after a closing quote: "a,1']);
  });

  it('does not believe a quoted line break that gives the row another number of columns', () => {
    const { rows, broken } = scan('a,"1\nb,2\nc,"3"\nd,x"\n', 2);
    expect(broken).toHaveLength(1);
    expect(rows).toEqual(['2: b|2', '3: c|3', '4: d|x"']);
  });

  it('looks no further than 64 KiB for the closing quote', () => {
    const many = 'x,1\n'.repeat(40_000);
    const { rows, broken } = scan([`"a,1\n${many}`, many, 'last,"1"\n']);
    expect(broken).toHaveLength(1);
    expect(rows).toHaveLength(80_001);
    expect(rows.at(-1)).toBe('80002: last|1');
  });

  it('joins a quoted field that lies across two blocks', () => {
    expect(scan(['a,"1\n', '2"\nb,3\n']).rows).toEqual(['1: a|1\n2', '3: b|3']);
  });

  it('refuses lines with NUL bytes', () => {
    const { rows, broken } = scan('a,1\nb,\0\0\nc,3\n');
    expect(rows).toEqual(['1: a|1', '3: c|3']);
    expect(broken).toHaveLength(1);
  });

  it('skips comments, and grows for many columns', () => {
    const wide = Array.from({ length: 300 }, (_, index) => index).join(';');
    const { rows } = scan(`# hello\n${wide}\n"0";${wide}\n`, undefined, ';');
    expect(rows.map((row) => row.split('|').length)).toEqual([300, 301]);
  });
});
