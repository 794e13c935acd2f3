import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verb, VerbContext } from '@millwright/kernel';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawnPlant } from '../baselines/drawn-plant.ts';
import { fileMethods } from '../cli.ts';
import { baselineVerb } from './baseline-verb.ts';
import { savingsVerb } from './savings-verb.ts';
import { transformerVerb } from './transformer-verb.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-'));
  file = join(folder, 'plant.csv');
  const saving = { day: 365, share: 0.1 };
  const { rows } = drawnPlant({ from: '2023-01-01T00:00Z', days: 500, noise: 15, saving });
  const lines = [...rows.start].map((start, row) =>
    [
      new Date(start).toISOString().slice(0, 10),
      rows.energy[row]!.toFixed(2),
      rows.temperature![row]!.toFixed(2),
      rows.drivers[0]!.values[row]!.toFixed(1),
      row % 7 < 5 ? 'on' : 'off',
    ].join(','),
  );
  // Out of order, one twice, one unreadable.
  const mixed = [...lines.slice(200), ...lines.slice(0, 200), lines[7]!, 'never,1,2,3,on'];
  await writeFile(file, ['day,kWh,degrees,pieces,mode', ...mixed].join('\n'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// biome-ignore lint/suspicious/noExplicitAny: answers of several verbs.
const call = (verb: Verb, options: VerbContext['options']): Promise<any> =>
  verb.run({
    ...{ arguments: { FILE: file }, options, json: true, signal: new AbortController().signal },
    ...{ progress: () => undefined, note: () => undefined },
  } as unknown as VerbContext);

const verify = (path: string) => {
  const methodOf = (id: string, version: string) =>
    fileMethods.find((method) => method.id === id && method.version === version);
  return verifyEvidenceFile(path, { methodOf, signal: new AbortController().signal } as never);
};

describe('the verbs on files', () => {
  const columns = { energy: 'kWh', temperature: 'degrees', drivers: 'pieces' };

  it('learn a baseline whose evidence holds', async () => {
    const found = await call(baselineVerb, { ...columns, method: 'daily', until: '2024-01-01' });
    expect(found).toMatchObject({ method: 'daily', form: 'hdd-cdd', observations: 365 });
    expect(found.cvrmse).toBeLessThan(0.03);
    expect(found.notes.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining([
        'energy-baseline.rows-unsorted',
        'energy-baseline.rows-twice',
        'energy-baseline.rows-left-out',
      ]),
    );
    expect(baselineVerb.print!(found as never)).toContain('CV(RMSE)');
    expect(await verify(found.evidence)).toMatchObject({ status: 'proved' });
  });

  it('prove a saving of a tenth, with an adjustment and states as drivers', async () => {
    const found = await call(savingsVerb, {
      ...{ ...columns, drivers: 'pieces,mode', method: 'auto', 'baseline-until': '2024-01-01' },
      adjust: '2024-02-01/2024-02-11 500 A line that ran on trial; 2024-03-01/2024-03-02 -20 Open day',
    });
    expect(found.significant).toBe(true);
    expect(found.adjustments.map(({ applied }: { applied: number }) => Math.round(applied))).toEqual([500, -20]);
    expect(found.savings - 480 - found.measured / 9).toBeLessThan(found.uncertainty);
    expect(found.interval.low).toBeLessThan(found.savings);
    expect(savingsVerb.print!(found as never)).toContain('savings');
    expect(await verify(found.evidence)).toMatchObject({ status: 'proved' });
    await expect(call(savingsVerb, { ...columns, 'baseline-until': '2023-01-20' })).rejects.toMatchObject({
      code: 'ENERGY_BASELINE_TOO_SHORT',
      details: { have: 19, need: 29 },
    });
  });

  it('say what is wrong with a call', async () => {
    const wrong = (options: VerbContext['options'], code: string) =>
      expect(call(savingsVerb, { ...columns, 'baseline-until': '2024-01-01', ...options })).rejects.toMatchObject({
        code,
      });
    await wrong({ method: 'magic' }, 'ENERGY_OPTION_INVALID');
    await wrong({ adjust: 'more' }, 'ENERGY_OPTION_INVALID');
    await wrong({ confidence: '2' }, 'ENERGY_OPTION_INVALID');
    await wrong({ energy: 'mode' }, 'ENERGY_BASELINE_UNFIT');
    await wrong({ energy: 'gone' }, 'ORION_COLUMN_UNKNOWN');
    await wrong({ 'baseline-until': 'soon' }, 'ENERGY_TIME_INVALID');
  });
});

describe('the verb of transformers', () => {
  it('says hot spot and loss of life, and where the oil no longer fits the load', async () => {
    const lines = Array.from({ length: 24 * 60 }, (_, hour) => {
      const load = 0.7 + 0.3 * Math.sin(hour / 3.8);
      const oil = 20 + 35 * load ** 2 + Math.sin(hour * 1.9) + (hour > 24 * 50 ? 6 : 0);
      return [new Date(Date.UTC(2024, 0, 1, hour)).toISOString(), (load * 1000).toFixed(1), '20', oil.toFixed(2)].join(
        ',',
      );
    });
    const path = join(folder, 'transformer.csv');
    await writeFile(path, ['time,current,air,oil', ...lines].join('\n'));
    const options = {
      load: 'current',
      rated: '1000',
      ambient: 'air',
      'top-oil': 'oil',
      cooling: 'onan',
      out: join(folder, 'course.csv'),
    };
    const run = (more: VerbContext['options']) =>
      transformerVerb.run({
        ...{ arguments: { FILE: path }, options: { ...options, ...more }, signal: new AbortController().signal },
        progress: () => undefined,
        // biome-ignore lint/suspicious/noExplicitAny: one answer of several verbs.
      } as unknown as VerbContext) as Promise<any>;
    const found = await run({});
    expect(found.thermal.highestHotSpot).toBeGreaterThan(found.thermal.highestTopOil);
    expect(found.thermal.relativeAgeing).toBeLessThan(0.5);
    expect(found.watch.warnings).toHaveLength(1);
    expect(found.watch.warnings[0].from.slice(0, 7)).toBe('2024-02');
    expect(transformerVerb.print!(found as never)).toContain('loss of life');
    expect(await verify(found.evidence)).toMatchObject({ status: 'proved' });
    await expect(run({ cooling: 'water' })).rejects.toMatchObject({ code: 'ENERGY_OPTION_INVALID' });
    await expect(run({ 'learn-until': '2024-01-02' })).rejects.toMatchObject({ code: 'ENERGY_BASELINE_TOO_SHORT' });
  });
});
