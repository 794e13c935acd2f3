import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { runVerb } from '@millwright/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SensorData } from '../anomalies/types.ts';
import { fileMethods, verbs } from '../cli.ts';
import { drawnMachine } from '../life/test/health-driver.ts';

const asCsv = ({ names, rows, values, time }: SensorData): string =>
  [
    ['time', ...names],
    ...Array.from({ length: rows }, (_, row) => [
      new Date(time[row]!).toISOString(),
      ...values.subarray(row * names.length, (row + 1) * names.length),
    ]),
  ]
    .map((row) => `${row.join(',')}\n`)
    .join('');

let folder: string;
const start = Date.UTC(2026, 0, 5);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-health-'));
  await Promise.all([
    writeFile(join(folder, 'normal.csv'), asCsv(drawnMachine(2000, 1, undefined, start))),
    writeFile(join(folder, 'worn.csv'), asCsv(drawnMachine(900, 2, (row) => row / 1000, start + 30 * 86_400_000))),
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A verb that only computes asks no server. */
const host = {
  call: () => Promise.reject(new Error('no server is asked')),
  jobEnd: () => Promise.reject(new Error('no job is followed')),
};

it('learns normal running, follows a worn machine and proves it', async () => {
  const model = join(folder, 'pump.health');
  await runVerb(host, verbs, 'health train', [join(folder, 'normal.csv')], { out: model, conditions: 'load' });
  const said = await runVerb(host, verbs, 'health score', [model, join(folder, 'worn.csv')]);
  expect(said).toMatch(/health {9}\d\d? of 100/);
  expect(said).toMatch(/to blame +\d+ % {2}vibration, \+/);
  expect(said).toContain('bearing-wear');
  const methodOf = async (id: string) => fileMethods.find((method) => method.id === id);
  const { signal } = new AbortController();
  for (const evidence of [`${model}.evidence.json`, `${model}.score.evidence.json`])
    expect(await verifyEvidenceFile(evidence, { methodOf, signal })).toMatchObject({ status: 'proved' });
  expect((await readFile(`${model}.score.csv`, 'utf8')).split('\n')[0]).toBe('time,index,distance');
  await expect(
    runVerb(host, verbs, 'health train', [join(folder, 'normal.csv')], { out: model, conditions: 'speed' }),
  ).rejects.toMatchObject({ code: 'ORION_COLUMN_UNKNOWN' });
});
