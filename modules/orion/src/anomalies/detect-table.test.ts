import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectMethod } from '../cli/detect-method.ts';
import { detectVerb } from '../cli/detect-verb.ts';
import { type DetectRequest, type DetectSummary, detectTable } from './detect-table.ts';
import { drawnNoise, drawnPlant } from './test/drawn-plant.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-detect-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const work = { signal: new AbortController().signal, progress: () => undefined };
async function detect(text: string, request: Partial<DetectRequest> = {}): Promise<DetectSummary> {
  const path = join(folder, 'table.csv');
  await writeFile(path, text);
  const whole = { timezone: 'UTC', online: false, method: 'auto', seed: 1, ...request };
  return (await detectTable({ ...whole, file: { path, name: 'table.csv' } }, work)).summary;
}

/** A plant whose flow falls behind from row 700 to 759, with a label that must not be used and a sensor that never moves. */
function plantText(rows = 900): string {
  const plant = drawnPlant(rows, 3);
  const lines = ['time,current,flow,power,vibration,valve,label'];
  for (let row = 0; row < rows; row++) {
    const fault = row >= 700 && row < 760;
    const [current, flow, power, vibration] = plant.values.subarray(row * 4, row * 4 + 4);
    lines.push(
      `${new Date(plant.time[row]!).toISOString()},${current},${flow! - (fault ? 6 : 0)},${power},${vibration},1,${fault ? 1 : 0}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** A load by day with noise, a reading each five minutes, and one burst. */
function loadText(change: (value: number, row: number) => string | number = (value) => value): string {
  const noise = drawnNoise(2);
  const lines = ['time,load'];
  for (let row = 0; row < 4000; row++) {
    const time = new Date(Date.UTC(2024, 0, 1) + row * 300_000).toISOString();
    const value = 50 + 20 * Math.sin((row / 288) * 2 * Math.PI) + noise() + (row >= 3000 && row < 3006 ? 40 : 0);
    lines.push(`${time},${change(value, row)}`);
  }
  return `${lines.join('\n')}\n`;
}

describe('detecting in a table', () => {
  it('tells the alarm of sensors together and whom to blame, without the label and without what stands still', async () => {
    const summary = await detect(plantText(), { train: 400, ignore: ['label'] });
    expect(summary.method).toBe('mewma');
    expect(summary.columns).not.toContain('label');
    expect(summary.alarms).toHaveLength(1);
    const [alarm] = summary.alarms;
    expect(Date.parse(String(alarm!.from))).toBeGreaterThanOrEqual(Date.UTC(2024, 0, 1) + 700_000);
    expect(Date.parse(String(alarm!.from))).toBeLessThan(Date.UTC(2024, 0, 1) + 730_000);
    expect(alarm!.blame[0]).toMatchObject({ column: 'flow' });
    expect(summary.notes.map(({ code }) => code)).toContain('detect.sensors-still');
  });

  it('tells a burst of one series on-line, and says the same of the part that it has seen', async () => {
    const whole = await detect(loadText(), { online: true });
    expect(whole.method).toBe('surprise');
    expect(
      whole.alarms.some(({ from }) => from === new Date(Date.UTC(2024, 0, 1) + 3000 * 300_000).toISOString()),
    ).toBe(true);
    expect(whole.alarms.length).toBeLessThan(6);
    const part = await detect(loadText().split('\n').slice(0, 2001).join('\n'), { online: true });
    expect(part.scores).toEqual(whole.scores.slice(0, 2000));
  });

  it('sets the threshold from a promise, and says how sure it is', async () => {
    const summary = await detect(loadText(), { train: 2800, promise: '1/week', columns: ['load'] });
    expect(summary.promise).toMatchObject({ perWeek: 1, how: 'tail' });
    expect(summary.threshold).toBe(summary.promise!.threshold);
    expect(summary.alarms.map(({ from }) => from)).toContain(
      new Date(Date.UTC(2024, 0, 1) + 3000 * 300_000).toISOString(),
    );
    const codes = summary.notes.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['detect.promise-tail', 'detect.promise-wide']));
  });

  it('takes a clock that is set back, times twice, gaps and broken readings as they come', async () => {
    const lines = loadText((value, row) => (row % 97 === 5 ? 'inf' : row % 89 === 3 ? '' : value)).split('\n');
    lines.splice(1500, 0, lines[1499]!, lines[1200]!);
    const summary = await detect(lines.join('\n'), { online: true });
    const codes = summary.notes.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['detect.clock-back', 'detect.times-twice']));
    expect(summary.scores).toHaveLength(4002);
    expect(summary.scores.every(Number.isFinite)).toBe(true);
  });

  it('finds a change of unit, and a sensor that dies', async () => {
    const unit = await detect(
      loadText((value, row) => (row > 2500 ? value * 1000 : value)),
      { online: true },
    );
    expect(unit.alarms.some(({ from }) => from === new Date(Date.UTC(2024, 0, 1) + 2501 * 300_000).toISOString())).toBe(
      true,
    );
    const dead = await detect(
      loadText((value, row) => (row > 3500 ? 61.5 : value)),
      { online: true },
    );
    expect(dead.notes.find(({ code }) => code === 'detect.stuck')?.values).toMatchObject({ column: 'load', rows: 499 });
  });

  it('says what it cannot take', async () => {
    await expect(detect(plantText(60), { online: true })).rejects.toMatchObject({ code: 'ORION_OPTION_INVALID' });
    await expect(detect(plantText(60), { train: 60 })).rejects.toMatchObject({ code: 'ORION_OPTION_INVALID' });
    await expect(detect(plantText(60), { promise: 'seldom' })).rejects.toMatchObject({ code: 'ORION_OPTION_INVALID' });
    await expect(detect(plantText(60), { ignore: ['none'] })).rejects.toMatchObject({ code: 'ORION_COLUMN_UNKNOWN' });
    await expect(detect('a,b\n1,5\n2,5\n3,5\n')).rejects.toMatchObject({ code: 'ORION_DATA_UNFIT' });
    await expect(detect('time,kind\n2024-01-01,a\n2024-01-02,b\n')).rejects.toMatchObject({ code: 'ORION_DATA_UNFIT' });
  });

  it('writes scores and an evidence that is proved', async () => {
    const file = join(folder, 'plant.csv');
    await writeFile(file, plantText());
    const evidence = join(folder, 'plant.evidence.json');
    const answer = (await detectVerb.run({
      arguments: { FILE: file },
      options: { train: '400', ignore: 'label', evidence },
      ...{ json: true, folder, allowedNetworks: [], note: () => undefined, ...work },
    } as never)) as { file: string };
    expect((await readFile(answer.file, 'utf8')).split('\n')).toHaveLength(902);
    expect(detectVerb.print!(answer as never)).toContain('flow');
    expect(
      await verifyEvidenceFile(evidence, {
        ...{ folders: [], signal: work.signal },
        methodOf: async (id) => (id === detectMethod.id ? detectMethod : undefined),
      }),
    ).toMatchObject({ status: 'proved' });
  });
});
