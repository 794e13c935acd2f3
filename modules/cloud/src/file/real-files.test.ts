import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectFile } from './inspect-file.ts';
import { readFile } from './read-file.ts';
import { readAll } from './test-support.ts';

/** The folder with the public data sets; see its README. Not part of the project, so these run only where it is named. */
const data = process.env.MILLWRIGHT_TEST_DATA;

describe.skipIf(data === undefined)('real files', () => {
  it('reads the year of the steel plant whole', async () => {
    const path = join(data!, 'steel-energy', 'Steel_industry_data.csv');
    const { mapping } = await inspectFile(path, { timezone: 'Asia/Seoul' });
    expect(mapping.time).toMatchObject({
      format: 'DD-MM-YYYY HH:mm[:ss]',
      stamp: 'end',
      intervalSeconds: 900,
      midnightBelongsToPreviousDay: true,
    });
    let sum = 0;
    const times: number[] = [];
    const reading = readFile(path, mapping, { onReject: (rejections) => expect(rejections).toEqual([]) });
    for await (const batch of reading) {
      const usage = batch.keys.indexOf('Usage_kWh');
      for (let index = 0; index < batch.length; index++) {
        if (batch.keyIndex[index] !== usage) continue;
        sum += batch.value[index]!;
        times.push(batch.time[index]!);
      }
    }
    expect(reading.summary).toMatchObject({ rows: 35_040, rowsRejected: 0, cellsRejected: 0, gaps: 0 });
    // Asia/Seoul is nine hours ahead of UTC all year.
    expect(times[0]).toBe(Date.parse('2018-01-01T00:15:00+09:00'));
    expect(times.at(-1)).toBe(Date.parse('2019-01-01T00:00:00+09:00'));
    expect(times.every((time, index) => index === 0 || time - times[index - 1]! === 900_000)).toBe(true);
    const rows = readFileSync(path, 'utf8').trim().split('\r\n').slice(1);
    expect(sum).toBe(rows.reduce((total, row) => total + Number(row.split(',')[1]), 0));
  });

  it('says that the machine states of ai4i have no time', async () => {
    await expect(inspectFile(join(data!, 'ai4i', 'ai4i2020.csv'))).rejects.toMatchObject({
      code: 'FILE_NO_TIME_COLUMN',
    });
  });

  it('reads every series of ett, skab and nab without a reject', async () => {
    const files = ['ett', 'skab/data', 'nab/data'].flatMap((folder) => csvFiles(join(data!, folder)));
    expect(files.length).toBeGreaterThan(60);
    for (const file of files) {
      const { mapping } = await inspectFile(file);
      const { summary } = await readAll(file, mapping);
      const rows = readFileSync(file, 'utf8').trim().split('\n').length - 1;
      expect({ file, ...summary }).toMatchObject({ file, rows, rowsRejected: 0, cellsRejected: 0, gaps: 0 });
      expect(mapping.layout).toBe('wide');
    }
  }, 180_000);
});

function csvFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.csv'))
    .map((name) => join(folder, name));
}
