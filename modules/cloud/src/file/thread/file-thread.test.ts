import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import type { Rejection } from '../../connectors/connector.ts';
import { inspectFile, previewFile } from '../inspect-file.ts';
import { type FileReading, readFile } from '../read-file.ts';
import { inspectOnThread, previewOnThread, readOnThread } from './file-thread.ts';

let folder: string;
let csv: string;
let workbook: string;
const rows = 12_000;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millwright-file-thread-'));
  const cells = Array.from({ length: rows }, (_, row) => [
    new Date(Date.UTC(2025, 0, 1) + row * 900_000),
    ...Array.from({ length: 6 }, (_, column) => (row === 500 && column === 1 ? 'broken' : row * 6 + column)),
  ]);
  const heading = ['time', ...'abcdef'].map((name, at) => (at === 0 ? name : `${name} [kWh]`));
  csv = join(folder, 'wide.csv');
  const texts = cells.map(([time, ...rest]) => [(time as Date).toISOString(), ...rest].join(','));
  writeFileSync(csv, `${heading.join(',')}\n${texts.join('\n')}\n`);
  workbook = join(folder, 'wide.xlsx');
  const sheet = [heading, ...cells].map((row) =>
    row.map((value) => (value instanceof Date ? { value, format: 'yyyy-mm-dd hh:mm' } : { value })),
  );
  await writeXlsxFile(sheet as never, { sheet: 'Data' }).toFile(workbook);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function all(read: (onReject: (some: readonly Rejection[]) => void) => FileReading) {
  const rejections: Rejection[] = [];
  const reading = read((some) => void rejections.push(...some));
  const batches = [];
  const announced: string[] = [];
  for await (const { length, time, value, keyIndex, row, keys, announced: some } of reading) {
    announced.push(...some.map(({ key }) => key));
    batches.push({
      length,
      time: [...time],
      value: [...value],
      keyIndex: [...keyIndex],
      row: [...row],
      keys: [...keys],
    });
  }
  return { batches, announced, rejections, summary: { ...reading.summary } };
}

/** Milliseconds that this thread was busy with it. */
async function busy(work: () => Promise<unknown>): Promise<number> {
  const before = performance.eventLoopUtilization();
  await work();
  return performance.eventLoopUtilization(before).active;
}

describe('tables on a thread', () => {
  it('are looked at with the same result, from a path, bytes or a stream', async () => {
    for (const file of [csv, workbook]) {
      const here = await inspectFile(file, { timezone: 'Asia/Shanghai' });
      expect(await inspectOnThread(file, { timezone: 'Asia/Shanghai' })).toEqual(here);
      const preview = await previewFile(file, here.mapping);
      expect(await previewOnThread(file, here.mapping)).toEqual(preview);
    }
    const text = `time,a [kWh]\n${Array.from({ length: 9000 }, (_, row) => `${new Date(row * 9e5 + 1e12).toISOString()},1`).join('\n')}`;
    const streamed = await inspectOnThread(Readable.from([Buffer.from(text)]), { fileName: 'x.csv' });
    expect(streamed).toEqual(await inspectFile(Buffer.from(text), { fileName: 'x.csv' }));
  });

  it('are read with the same batches, rejections and summary', async () => {
    const { mapping } = await inspectFile(workbook);
    const options = { batchSize: 20_000 };
    const there = await all((onReject) => readOnThread(workbook, mapping, { ...options, onReject }));
    expect(there).toEqual(await all((onReject) => readFile(workbook, mapping, { ...options, onReject })));
    expect(there.summary).toMatchObject({ rows, readings: rows * 6 - 1 });
    expect(there.rejections).toHaveLength(1);
  });

  it('say what is wrong with the same code and details', async () => {
    const broken = join(folder, 'broken.csv');
    writeFileSync(broken, 'a,b\n'.repeat(40_000));
    const here = await inspectFile(broken).catch((error: unknown) => error);
    expect(here).toMatchObject({ code: expect.stringMatching(/^FILE_/) });
    const { code, status, details, message } = here as { [key: string]: unknown };
    await expect(inspectOnThread(broken)).rejects.toMatchObject({ code, status, details, message });
    const { mapping } = await inspectFile(workbook);
    const torn = join(folder, 'torn.xlsx');
    writeFileSync(torn, Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(500)]));
    await expect(all(() => readOnThread(torn, mapping))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(inspectOnThread(join(folder, 'gone.csv'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it('let the server go on meanwhile, and stop when they are told to', async () => {
    const { mapping } = await inspectFile(workbook);
    const inline = await busy(() => all(() => readFile(workbook, mapping)));
    const threaded = await busy(() => all(() => readOnThread(workbook, mapping)));
    expect(threaded).toBeLessThan(inline / 2);
    const stop = new AbortController();
    const stopped = (async () => {
      for await (const _ of readOnThread(workbook, mapping, { batchSize: 500, signal: stop.signal })) stop.abort();
    })();
    await expect(stopped).rejects.toThrow(/abort/i);
  });
});
