import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';

const bytes = (text: string) => Buffer.from(text);

describe('readTable', () => {
  it('reads numbers, categories and times', async () => {
    const text = 'time,load,kind\n2024-01-01 00:00,1.5,b\n2024-01-01 01:00,,a\n2024-01-01 02:00,3,b\n';
    const table = await readTable(bytes(text));
    expect(table.rows).toBe(3);
    expect([...table.time!]).toEqual([0, 1, 2].map((hour) => Date.UTC(2024, 0, 1, hour)));
    expect(table.timeColumns).toEqual(['time']);
    expect(table.columns).toEqual([
      { kind: 'number', name: 'load', values: Float64Array.of(1.5, Number.NaN, 3) },
      { kind: 'category', name: 'kind', codes: Int32Array.of(1, 0, 1), levels: ['a', 'b'] },
    ]);
  });

  it('reads a table without times, divided by blanks, without a header, packed', async () => {
    const table = await readTable(gzipSync('1 1 -0.5 518.67  \n1 2 0.25 518.67  \n2 1 0.1 518.67  \n'), {
      timeColumn: null,
    });
    expect(table.columns.map(({ name }) => name)).toEqual(['column 1', 'column 2', 'column 3', 'column 4']);
    expect(table.time).toBeUndefined();
    expect(table.columns[2]).toMatchObject({ values: Float64Array.of(-0.5, 0.25, 0.1) });
  });

  it('takes infinities and stray texts in a column of numbers for missing', async () => {
    const table = await readTable(bytes('a;b\n1;x\ninf;y\nbroken;z\n4;x\n5;x\n'));
    expect([...(table.columns[0] as { values: Float64Array }).values]).toEqual([1, Number.NaN, Number.NaN, 4, 5]);
  });

  it('gives an empty column as numbers without any', async () => {
    const table = await readTable(bytes('a,b\n1,\n2,\n'));
    expect(table.columns[1]).toEqual({ kind: 'number', name: 'b', values: Float64Array.of(Number.NaN, Number.NaN) });
  });

  it('says which columns there are when one is unknown', async () => {
    await expect(readTable(bytes('a,b\n1,2\n'), { columns: ['c'] })).rejects.toMatchObject({
      code: 'ORION_COLUMN_UNKNOWN',
    });
  });

  it('stops before it fills the memory', async () => {
    const text = `a,b\n${'1,2\n'.repeat(1000)}`;
    await expect(readTable(bytes(text), { mostMegabytes: 0.01 })).rejects.toMatchObject({
      code: 'ORION_TABLE_TOO_LARGE',
    });
  });

  it('names rows that are left out', async () => {
    const table = await readTable(bytes('time,a\n2024-01-01,1\n2024-01-02\nnever,3\n2024-01-04,4\n'));
    expect(table.rows).toBe(2);
    expect(table.leftOut.count).toBe(2);
  });
});
