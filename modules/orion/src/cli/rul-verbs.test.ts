import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { runVerb } from '@millwright/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileMethods, verbs } from '../cli.ts';
import { cutRuns, drawnRuns } from '../life/test/life-driver.ts';
import type { RunData } from '../life/types.ts';

const asCsv = ({ units, settings, sensors }: RunData): string => {
  const rows = units.flatMap((unit) =>
    Array.from(unit.cycles, (cycle, row) => [
      ...[unit.name, cycle, unit.settings[row]],
      ...unit.values.subarray(row * sensors.length, (row + 1) * sensors.length),
    ]),
  );
  return [['machine', 'cycle', ...settings, ...sensors], ...rows].map((row) => `${row.join(',')}\n`).join('');
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-rul-'));
  await Promise.all([
    writeFile(join(folder, 'runs.csv'), asCsv(drawnRuns(10))),
    writeFile(join(folder, 'running.csv'), asCsv(cutRuns(drawnRuns(10, 2), 8))),
    writeFile(join(folder, 'truth.txt'), '8 \n'.repeat(10)),
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A verb that only computes asks no server. */
const host = {
  call: () => Promise.reject(new Error('no server is asked')),
  jobEnd: () => Promise.reject(new Error('no job is followed')),
};

it('learns remaining lives, tells them, measures itself and proves it', async () => {
  const model = join(folder, 'life.model');
  const options = { out: model, cap: '25', settings: 'load' };
  expect(await runVerb(host, verbs, 'rul train', [join(folder, 'runs.csv')], options)).toContain('10 units');
  const said = await runVerb(host, verbs, 'rul predict', [model, join(folder, 'running.csv')], {
    truth: join(folder, 'truth.txt'),
  });
  expect(said).toMatch(/machine 10 +\d+ +\(\d+ to \d+/);
  const { output } = JSON.parse(await readFile(`${model}.predict.evidence.json`, 'utf8'));
  expect(output.units).toHaveLength(10);
  expect(output.rmse).toBeLessThan(4);
  expect((await readFile(`${model}.predict.csv`, 'utf8')).split('\n')[0]).toBe('unit,remaining,low,high');
  const methodOf = async (id: string) => fileMethods.find((method) => method.id === id);
  const { signal } = new AbortController();
  for (const evidence of [`${model}.evidence.json`, `${model}.predict.evidence.json`])
    expect(await verifyEvidenceFile(evidence, { methodOf, signal })).toMatchObject({ status: 'proved' });
}, 30_000);
